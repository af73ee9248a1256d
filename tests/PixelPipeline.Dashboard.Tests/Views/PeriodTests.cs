using System.Globalization;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Tests.Views;

internal sealed class PeriodTests
{
    [TestCase("today", "UTC", "2026-11-20T11:12:28", "2026-11-20T00:00", "2026-11-21T00:00", "2026-11-19T00:00:00", "2026-11-19T11:12:28")]
    [TestCase("today", "Europe/Berlin", "2026-11-20T23:30:00", "2026-11-20T23:00", "2026-11-21T23:00", "2026-11-19T23:00:00", "2026-11-19T23:30:00")]
    [TestCase("yesterday", "UTC", "2026-11-20T11:12:28", "2026-11-19T00:00", "2026-11-20T00:00", "2026-11-18T00:00:00", "2026-11-19T00:00:00")]
    [TestCase("30d", "UTC", "2026-11-20T00:00:00", "2026-10-22T00:00", "2026-11-21T00:00", "2026-09-22T00:00:00", "2026-10-21T00:00:00")]
    [TestCase("month", "UTC", "2026-03-31T12:00:00", "2026-03-01T00:00", "2026-04-01T00:00", "2026-02-01T00:00:00", "2026-03-01T00:00:00")] // a short month before
    [TestCase("year", "UTC", "2026-03-01T12:00:00", "2026-01-01T00:00", "2026-03-02T00:00", "2025-01-01T00:00:00", "2025-03-01T12:00:00")]
    [TestCase("7d", "Europe/Berlin", "2026-10-26T10:00:00", "2026-10-19T22:00", "2026-10-26T23:00", "2026-10-12T22:00:00", "2026-10-19T10:00:00")] // a day of 25 hours
    public void Of_ARange_IsItsDaysAndAsMuchOfThoseBefore(string range, string zone, string now, string from, string to, string since, string until)
    {
        var period = Period.Of(new DayRange(range), TimeZoneInfo.FindSystemTimeZoneById(zone), null, Utc(now));
        Assert.That((period.From, period.To, period.Since, period.Until), Is.EqualTo((Utc(from), Utc(to), Utc(since), Utc(until))));
    }

    [TestCase("today", null, Grain.Hour)]
    [TestCase("7d", null, Grain.Day)]
    [TestCase("year", null, Grain.Week)]
    [TestCase("30d", Grain.Hour, Grain.Day)] // 720 bars are no chart
    [TestCase("30d", Grain.Month, Grain.Month)]
    public void Of_ARange_HasBarsThatFit(string range, Grain? asked, Grain grain) =>
        Assert.That(Period.Of(new DayRange(range), TimeZoneInfo.Utc, asked, Utc("2026-11-20T11:12:28")).Grain, Is.EqualTo(grain));

    [Test]
    public void Buckets_OfADayOf25Hours_AreAllItsHours()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var buckets = Buckets.Of(Period.Of(new DayRange("custom", new(2026, 10, 25), new(2026, 10, 25)), zone, Grain.Hour, Utc("2026-11-20T00:00")), zone);
        Assert.That(buckets.Starts, Has.Count.EqualTo(25));
        Assert.That(buckets.Locals.Select(l => l.Hour).Take(5), Is.EqualTo(new[] { 0, 1, 2, 2, 3 }));
        Assert.That(buckets.IndexOf(Utc("2026-10-25T01:59:59")), Is.EqualTo(3));
    }

    [Test]
    public void Buckets_OfWeeks_BeginOnMonday()
    {
        var buckets = Buckets.Of(Period.Of(new DayRange("30d"), TimeZoneInfo.Utc, Grain.Week, Utc("2026-11-20T00:00")), TimeZoneInfo.Utc);
        Assert.That(buckets.Starts.Select(s => s.DayOfWeek), Is.All.EqualTo(DayOfWeek.Monday));
        Assert.That((buckets.Starts[0], buckets.IndexOf(Utc("2026-10-22T00:00")), buckets.IndexOf(Utc("2026-11-20T23:59"))), Is.EqualTo((Utc("2026-10-19T00:00"), 0, 4)));
    }

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

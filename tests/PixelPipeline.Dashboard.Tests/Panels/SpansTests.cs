using PixelPipeline.Dashboard.Panels;

namespace PixelPipeline.Dashboard.Tests.Panels;

internal sealed class SpansTests
{
    [TestCase("2026-11-20T11:12:28", "2026-11-20T10:13:00", "2026-11-20T11:13:00")]
    [TestCase("2026-11-20T00:00:00", "2026-11-19T23:01:00", "2026-11-20T00:01:00")] // over midnight
    [TestCase("2026-11-20T11:12:59.9999999", "2026-11-20T10:13:00", "2026-11-20T11:13:00")]
    public void LastHour_AtAnInstant_Is60WholeMinutesWithItsOwn(string now, string from, string to) =>
        Assert.That(Spans.LastHour(Utc(now)), Is.EqualTo((Utc(from), Utc(to))));

    [TestCase("2026-11-20T00:00:00", "2026-10-22T00:00:00", "2026-11-21T00:00:00")]
    [TestCase("2026-11-20T23:59:59.9999999", "2026-10-22T00:00:00", "2026-11-21T00:00:00")]
    [TestCase("2026-03-01T12:00:00", "2026-01-31T00:00:00", "2026-03-02T00:00:00")] // a short month
    public void LastDays_AtAnInstant_Are30DaysOfUtcWithItsOwn(string now, string from, string to) =>
        Assert.That(Spans.LastDays(Utc(now)), Is.EqualTo((Utc(from), Utc(to))));

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal);
}

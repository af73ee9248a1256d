namespace PixelPipeline.Dashboard.Views;

/// <summary>A time zone's clock and calendar.</summary>
internal static class Clock
{
    /// <summary>The zone's local time of an instant, without a kind.</summary>
    public static DateTime Local(DateTime utc, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone), DateTimeKind.Unspecified);

    /// <summary>The zone's day of an instant.</summary>
    public static DateOnly Day(DateTime utc, TimeZoneInfo zone) => DateOnly.FromDateTime(Local(utc, zone));

    /// <summary>When a day begins, UTC. A midnight that the clock skips is the first instant after it.</summary>
    public static DateTime Start(DateOnly day, TimeZoneInfo zone) => Utc(day.ToDateTime(default), zone);

    /// <summary>The instant of a local time, UTC; of one that comes twice the first, of one that is skipped the next that is.</summary>
    public static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}

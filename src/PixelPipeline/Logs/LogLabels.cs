namespace PixelPipeline.Logs;

/// <summary>Formats and reasons as people and machines spell them.</summary>
public static class LogLabels
{
    /// <summary>The names of all formats, for messages and options.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Enum.GetValues<LogFormat>().Select(ToLabel)];

    /// <summary>Such as <c>elb</c>.</summary>
    public static string ToLabel(this LogFormat format) => format switch
    {
        LogFormat.LogEntry => "logentry",
        LogFormat.ClassicElb => "elb",
        LogFormat.Alb => "alb",
        LogFormat.CloudFront => "cloudfront",
        LogFormat.Combined => "combined",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The format of a name; null where there is none of it.</summary>
    /// <param name="label">Such as <c>elb</c>; case does not matter.</param>
    public static LogFormat? FindFormat(string label)
    {
        foreach (var format in Enum.GetValues<LogFormat>())
        {
            if (format.ToLabel().Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>Such as <c>too_long</c>.</summary>
    public static string ToLabel(this BadLineReason reason) => reason switch
    {
        BadLineReason.UnknownFormat => "unknown_format",
        BadLineReason.TooLong => "too_long",
        BadLineReason.NoTimestamp => "no_timestamp",
        BadLineReason.FieldsMissing => "fields_missing",
        BadLineReason.NotALogEntry => "not_a_log_entry",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}

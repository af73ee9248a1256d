namespace PixelPipeline.Logs;

/// <summary>Reasons as people and machines spell them.</summary>
public static class BadLineReasons
{
    /// <summary>Such as <c>too_long</c>.</summary>
    public static string ToLabel(this BadLineReason reason) => reason switch
    {
        BadLineReason.UnknownFormat => "unknown_format",
        BadLineReason.SeveralFormats => "several_formats",
        BadLineReason.TooLong => "too_long",
        BadLineReason.NoTimestamp => "no_timestamp",
        BadLineReason.FieldsMissing => "fields_missing",
        BadLineReason.NotALogEntry => "not_a_log_entry",
        BadLineReason.NotJson => "not_json",
        BadLineReason.NoAddress => "no_client_address",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}

namespace PixelPipeline.Writing;

/// <summary>The reasons as people and machines read them: in tables, metrics and output.</summary>
public static class ReasonLabels
{
    /// <summary>Such as <c>other_path</c>.</summary>
    public static string ToLabel(this IgnoredReason reason) => reason switch
    {
        IgnoredReason.NotARequest => "not_a_request",
        IgnoredReason.CdnInternal => "cdn_internal",
        IgnoredReason.OtherMethod => "other_method",
        IgnoredReason.CutUrl => "cut_url",
        IgnoredReason.OtherPath => "other_path",
        IgnoredReason.NoAttributes => "no_attributes",
        IgnoredReason.Forgotten => "forgotten",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>Such as <c>missing_required</c>.</summary>
    public static string ToLabel(this RejectedReason reason) => reason switch
    {
        RejectedReason.UnreadableEntry => "unreadable_entry",
        RejectedReason.UnreadableUrl => "unreadable_url",
        RejectedReason.MissingRequired => "missing_required",
        RejectedReason.InvalidValue => "invalid_value",
        RejectedReason.BadSignature => "bad_signature",
        RejectedReason.InvalidRow => "invalid_row",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}

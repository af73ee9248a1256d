namespace PixelPipeline.Writing;

/// <summary>Why an entry is no event and was meant to be none. The set is closed: it labels metrics.</summary>
public enum IgnoredReason
{
    /// <summary>The entry tells of no request.</summary>
    NotARequest,

    /// <summary>Cloud CDN made the request itself, to fill or validate its cache.</summary>
    CdnInternal,

    /// <summary>A method other than GET.</summary>
    OtherMethod,

    /// <summary>A line of an access log whose server cut the URL: what it has of the last value was never sent so.</summary>
    CutUrl,

    /// <summary>A path other than the pixel's.</summary>
    OtherPath,

    /// <summary>The pixel without a query string.</summary>
    NoAttributes,

    /// <summary>What is left of the entry of a user who was forgotten, or an import or replay that would bring such a user back.</summary>
    Forgotten,
}

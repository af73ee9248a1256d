namespace PixelPipeline.Signing;

/// <summary>What is known of a hit by its signature. The names in lower case are what the column <c>signature</c> holds.</summary>
public enum SignatureVerdict
{
    /// <summary>Whoever has the key made it for these attributes.</summary>
    Valid,

    /// <summary>It is none, of a key that is not known, or of other attributes.</summary>
    Invalid,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It was valid until its time was over, before the event's.</summary>
    Expired,
}

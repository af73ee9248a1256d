namespace PixelPipeline.Signing;

/// <summary>What signatures of hits are good for.</summary>
public enum SigningMode
{
    /// <summary>Nobody looks at them.</summary>
    Off,

    /// <summary>The column <c>signature</c> tells them apart.</summary>
    Observe,

    /// <summary>A hit without a valid one is rejected as well.</summary>
    Require,
}

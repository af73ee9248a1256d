namespace PixelPipeline.Dashboard.Charts;

/// <summary>Where a bar's label has room.</summary>
public enum LabelSize
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>On wide screens.</summary>
    Wide,

    /// <summary>On a phone, too.</summary>
    Any,
}

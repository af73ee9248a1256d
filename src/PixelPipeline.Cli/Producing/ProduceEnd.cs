namespace PixelPipeline.Cli.Producing;

/// <summary>How producing came to its end.</summary>
internal enum ProduceEnd
{
    /// <summary>Every event of the source was tried, or passed over.</summary>
    Complete,

    /// <summary>The target is gone, or refuses everything.</summary>
    GaveUp,

    /// <summary>Ctrl-C came before the source's end.</summary>
    BrokenOff,
}

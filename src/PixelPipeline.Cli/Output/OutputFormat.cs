namespace PixelPipeline.Cli.Output;

/// <summary>How a command prints what it found.</summary>
internal enum OutputFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>RFC 4180, with a header.</summary>
    Csv,
}

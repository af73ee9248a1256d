using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>What a panel shows.</summary>
public abstract record PanelContent
{
    /// <summary>The same as rows, for files and for the table behind a chart.</summary>
    public abstract Answer Table { get; }
}

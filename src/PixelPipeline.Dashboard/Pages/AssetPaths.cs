namespace PixelPipeline.Dashboard.Pages;

/// <summary>Where a page's files are.</summary>
/// <param name="Style">The style sheet.</param>
/// <param name="Script">The script.</param>
/// <param name="Icon">The icon.</param>
public sealed record AssetPaths(string Style, string Script, string Icon);

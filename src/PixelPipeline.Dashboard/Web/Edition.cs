using PixelPipeline.Dashboard.Snapshots;

namespace PixelPipeline.Dashboard.Web;

/// <summary>A reading and the parts of the page that it makes; rendered once, however many look.</summary>
/// <param name="Snapshot">The reading.</param>
/// <param name="Parts">As <see cref="PageRenderer.PartsAsync"/> gives them.</param>
internal sealed record Edition(Snapshot Snapshot, IReadOnlyList<string> Parts);

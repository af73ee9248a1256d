using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>What is known for a panel.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="Question">A question that gives the same at any time, for people to run; null where nothing was read yet.</param>
/// <param name="Content">The last good answer, shaped; null where there was none yet.</param>
/// <param name="ReadAt">When that answer was asked for, UTC.</param>
/// <param name="Problem">What kept a newer one from being had, in plain words; null where nothing did.</param>
public sealed record PanelState(Panel Panel, Question? Question, PanelContent? Content, DateTime? ReadAt, string? Problem);

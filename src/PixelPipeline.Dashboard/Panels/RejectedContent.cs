using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>What could not become events.</summary>
/// <param name="Reasons">By reason, the most frequent first.</param>
public sealed record RejectedContent(IReadOnlyList<RejectedFor> Reasons) : PanelContent
{
    /// <summary>Whether the host can try entries again.</summary>
    public bool CanReplay { get; init; }

    /// <summary>How the last try ended; null where there was none.</summary>
    public Done<ReplayResult>? Replayed { get; init; }

    /// <inheritdoc/>
    public override Answer Table => new(
        ["reason", "entries", "unresolved", "newest"],
        [.. Reasons.Select(r => (object?[])[r.Reason, r.Entries, r.Unresolved, r.Newest])]);
}

/// <summary>The entries rejected for one reason.</summary>
/// <param name="Reason">The reason's label, such as <c>missing_required</c>.</param>
/// <param name="Entries">How many there are, each once.</param>
/// <param name="Unresolved">How many of them have not become events since.</param>
/// <param name="Newest">When the newest was rejected, UTC.</param>
/// <param name="Shown">The newest that are not resolved.</param>
public sealed record RejectedFor(string Reason, long Entries, long Unresolved, DateTime Newest, IReadOnlyList<ShownEntry> Shown);

/// <summary>A rejected entry.</summary>
/// <param name="Time">When it was rejected, UTC.</param>
/// <param name="Column">The column concerned; null where there is none.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Entry">The raw log entry, a stranger's bytes.</param>
public sealed record ShownEntry(DateTime Time, string? Column, string? Message, byte[] Entry);

using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>Values with counts, the largest first.</summary>
/// <param name="Dimension">What the values are of, as filters name it: <c>page</c>, <c>referrer_host</c>.</param>
/// <param name="Measures">What is counted, the first of them the one that orders: <c>events</c>, <c>views</c>.</param>
/// <param name="Rows">The values.</param>
public sealed record ListContent(string Dimension, IReadOnlyList<string> Measures, IReadOnlyList<ListRow> Rows) : PanelContent
{
    /// <inheritdoc/>
    public override Answer Table => new([Dimension, .. Measures], [.. Rows.Select(r => (object?[])[r.Value, .. r.Counts.Cast<object?>()])]);
}

/// <summary>One value.</summary>
/// <param name="Value">A stranger's text; null for events without any.</param>
/// <param name="Counts">A count for each measure.</param>
public sealed record ListRow(string? Value, IReadOnlyList<long> Counts);

namespace PixelPipeline.Summaries;

/// <summary>What access logs tell, summed up.</summary>
/// <param name="Keys">The chosen parameters.</param>
/// <param name="Rows">Sorted by date, path and keys, byte by byte as UTF-16; the same for the same lines in whatever files.</param>
/// <param name="Lines">Lines read; empty ones and headers do not count.</param>
/// <param name="Hits">Requests: what the rows' hits add up to.</param>
/// <param name="NoRequests">Lines that tell of no client's request.</param>
/// <param name="BadLines">Lines that could not be read.</param>
/// <param name="Bytes">Bytes of text.</param>
public sealed record Summary(IReadOnlyList<string> Keys, IReadOnlyList<SummaryRow> Rows, long Lines, long Hits, long NoRequests, long BadLines, long Bytes);

using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Summaries;

/// <summary>Sums access logs up: hits by day and path, and by chosen parameters.</summary>
public sealed class Summarizer
{
    private const int WorkersPerCore = 2; // so that a core has something to do while a worker waits for its turn

    private readonly IReadOnlyList<string> _keys;
    private readonly LogFormat? _format;
    private readonly Action<BadLine> _bad;
    private readonly Action<LogFile, Exception> _failed;

    /// <summary>Counts nothing yet: one summarizer for each run.</summary>
    /// <param name="keys">Query parameters to count by, such as <c>user_id</c>; none to count by path alone.</param>
    /// <param name="format">The format of all files; null to look at each file's first lines.</param>
    /// <param name="bad">Told of each line that cannot be read, in the lines' order, by one thread at a time.</param>
    /// <param name="failed">Told of a file that cannot be opened, or read to its end; the others count.</param>
    public Summarizer(IReadOnlyList<string> keys, LogFormat? format, Action<BadLine> bad, Action<LogFile, Exception> failed)
    {
        _keys = keys;
        _format = format;
        _bad = bad;
        _failed = failed;
    }

    /// <summary>Reads files and sums them up.</summary>
    /// <param name="files">What to read, in this order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Summary> SummarizeAsync(IReadOnlyList<LogFile> files, CancellationToken cancellationToken)
    {
        var counters = new List<ChunkCounter>();
        var numbers = new LineNumbers(_bad);
        var turnstile = new Turnstile();
        using var reader = new LineChunkReader(files, _format, _failed);
        await ChunkWorkers.RunAsync(reader, Environment.ProcessorCount * WorkersPerCore, () => CreateWorker(counters, numbers, turnstile), cancellationToken);
        return ToSummary(counters, reader.TextBytesRead);
    }

    private ChunkWorkers.Work CreateWorker(List<ChunkCounter> counters, LineNumbers numbers, Turnstile turnstile)
    {
        var counter = new ChunkCounter(_keys);
        lock (counters)
        {
            counters.Add(counter);
        }

        return async (chunk, ct) =>
        {
            counter.Count(chunk);
            await turnstile.PassAsync(chunk.Sequence, () => numbers.Add(chunk, counter.ChunkLines, counter.ChunkBadLines), ct);
        };
    }

    private Summary ToSummary(List<ChunkCounter> counters, long bytes)
    {
        var counts = new HitCounts();
        counters.ForEach(c => counts.Add(c.Counts));
        var lines = counters.Sum(c => c.Lines);
        var hits = counters.Sum(c => c.Hits);
        var noRequests = counters.Sum(c => c.NoRequests);
        return new Summary(_keys, ToRows(counts), lines, hits, noRequests, lines - hits - noRequests, bytes);
    }

    private List<SummaryRow> ToRows(HitCounts counts)
    {
        var sorted = counts.All.Select(ToRow).ToList();
        sorted.Sort(SummaryOrder.Compare);
        var rows = new List<SummaryRow>(sorted.Count);
        foreach (var row in sorted)
        {
            // Bytes that are no UTF-8 all become U+FFFD, so that different keys can read the same.
            if (rows.Count > 0 && SummaryOrder.Compare(rows[^1], row) == 0)
            {
                rows[^1] = row with { Hits = rows[^1].Hits + row.Hits };
            }
            else
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private SummaryRow ToRow(HitCount count)
    {
        var texts = SummaryKey.ToTexts(count.Key, _keys.Count);
        return new SummaryRow(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(count.Day)), texts[0], texts[1..], count.Hits);
    }
}

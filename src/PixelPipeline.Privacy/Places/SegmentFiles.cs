using System.Runtime.CompilerServices;
using PixelPipeline.Forgetting;
using PixelPipeline.Privacy.Files;

namespace PixelPipeline.Privacy.Places;

/// <summary>
/// Files of log entries, one a line, that a topic may still deliver from by position: a person's line is overwritten in place
/// by <see cref="ForgottenEntry"/>. Whoever appends to a file meanwhile is not in the way; whoever has to deliver such a line
/// finds an entry that is ignored.
/// </summary>
/// <param name="name">What people call the place.</param>
/// <param name="folder">Where the files are, at any depth; it need not be there.</param>
public sealed class SegmentFiles(string name, string folder) : Place
{
    private const string Files = "*.jsonl";

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Containers => "files";

    /// <summary>Overwrites lines that a run which was killed had begun to.</summary>
    /// <exception cref="IOException">They cannot be overwritten.</exception>
    public static void Blank(BlankedRanges ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        if (Open(ranges.Path, FileAccess.ReadWrite) is not { } file)
        {
            return; // its time was over meanwhile
        }

        using (file)
        {
            foreach (var (offset, length) in ranges.Offsets.Zip(ranges.Lengths))
            {
                var line = new byte[length];
                file.Position = offset;
                file.ReadExactly(line);
                ForgottenEntry.Overwrite(line);
                file.Position = offset;
                file.Write(line);
            }

            file.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    public override Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken) => Task.Run(() =>
    {
        var found = default(Holding);
        foreach (var ranges in Find(person, cancellationToken))
        {
            found = found.And(new Holding(ranges.Offsets.Count, ranges.Lengths.Sum(l => (long)l), 1));
        }

        return found;
    }, cancellationToken);

    /// <inheritdoc/>
    public override Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken) => Task.Run(() =>
    {
        foreach (var ranges in Find(person, cancellationToken))
        {
            blanking.Begin(ranges);
            Blank(ranges);
            blanking.Finish();
        }

        return (Remainder?)null;
    }, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var path in Paths())
        {
            using var file = Open(path, FileAccess.Read);
            var lines = new LineScanner(file ?? Stream.Null);
            while (lines.TryNext())
            {
                if (person.IsAmong(UserNames.InEntry(lines.Line.Span)))
                {
                    yield return RawRecord.Of(Path.GetFileName(path), lines.Line.Span);
                }
            }
        }
    }

    private IEnumerable<BlankedRanges> Find(Person person, CancellationToken cancellationToken)
    {
        foreach (var path in Paths())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var file = Open(path, FileAccess.Read);
            var lines = new LineScanner(file ?? Stream.Null);
            var (offsets, lengths) = (new List<long>(), new List<int>());
            while (lines.TryNext())
            {
                // The last line may be half written: it is looked at again once it is whole.
                if (lines.IsWhole && person.IsAmong(UserNames.InEntry(lines.Line.Span)))
                {
                    offsets.Add(lines.Offset);
                    lengths.Add(lines.Line.Length);
                }
            }

            if (offsets.Count > 0)
            {
                yield return new BlankedRanges(path, offsets, lengths);
            }
        }
    }

    private IEnumerable<string> Paths() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Files, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    private static FileStream? Open(string path, FileAccess access)
    {
        try
        {
            return new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

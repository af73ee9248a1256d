using System.IO.Compression;
using System.Runtime.CompilerServices;
using PixelPipeline.Privacy.Files;

namespace PixelPipeline.Privacy.Places;

/// <summary>
/// An access log of any format that is read, plain or gzip: it is written anew without a person's lines, and takes the place of
/// the old file in one step.
/// </summary>
/// <param name="path">The file.</param>
public sealed class LogFilePlace(string path) : Place
{
    private const string Next = ".forget-next";

    /// <inheritdoc/>
    public override string Name => $"file {path}";

    /// <inheritdoc/>
    public override string Containers => "files";

    /// <inheritdoc/>
    public override Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken) => RunAsync(() =>
    {
        using var text = Open();
        return text.Count(person, cancellationToken);
    });

    /// <inheritdoc/>
    public override async Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken)
    {
        File.Delete(path + Next); // of a run that was killed
        var found = await SearchAsync(person, cancellationToken);
        return found.Records == 0 ? null : await RunAsync(() => Rewrite(person, found.Records, cancellationToken));
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = await RunAsync(Open);
        while (await RunAsync(text.Lines.TryNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (person.IsAmong(text.Users.Of(text.Lines.Line.Span)))
            {
                yield return RawRecord.Of(Path.GetFileName(path), text.Lines.Line.Span);
            }
        }
    }

    private LogText Open() => LogText.Open(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan));

    private Remainder? Rewrite(Person person, long records, CancellationToken cancellationToken)
    {
        var before = new FileInfo(path);
        var (length, written) = (before.Length, before.LastWriteTimeUtc);
        CopyOthers(person, cancellationToken);
        var now = new FileInfo(path);
        if (now.Length != length || now.LastWriteTimeUtc != written)
        {
            // What came meanwhile would be lost.
            File.Delete(path + Next);
            return new Remainder(records, $"in {path}, which is being written: rotate it first", Until: null);
        }

        File.Move(path + Next, path, overwrite: true);
        return null;
    }

    private void CopyOthers(Person person, CancellationToken cancellationToken)
    {
        using var text = Open();
        using var file = new FileStream(path + Next, NewFile());
        using (var gzip = text.IsGzip ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null)
        {
            LogCopy.WriteOthers(text, person, gzip ?? (Stream)file, inPlace: null, cancellationToken);
        }

        file.Flush(flushToDisk: true);
    }

    private FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(path);
        }

        return options;
    }

    private async Task<T> RunAsync<T>(Func<T> work)
    {
        try
        {
            return await Task.Run(work);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PlaceException($"{path} cannot be read or written: {e.Message}", e);
        }
    }
}

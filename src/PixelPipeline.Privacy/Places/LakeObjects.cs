using System.IO.Compression;
using System.Runtime.CompilerServices;
using PixelPipeline.Forgetting;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Privacy.Files;

namespace PixelPipeline.Privacy.Places;

/// <summary>
/// Raw entries in Cloud Storage, such as the lake and the dead letters: an object with a person's lines is written anew, and
/// only in place of the very object that was read.
/// </summary>
/// <param name="storage">Speaks to Cloud Storage.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="prefix">What the objects' names begin with; empty for all.</param>
public sealed class LakeObjects(CloudStorage storage, string bucket, string prefix) : Place
{
    /// <inheritdoc/>
    public override string Name => $"objects gs://{bucket}/{prefix}";

    /// <inheritdoc/>
    public override string Containers => "objects";

    /// <inheritdoc/>
    public override async Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken)
    {
        var found = default(Holding);
        await foreach (var (_, holding) in FindAsync(person, cancellationToken))
        {
            found = found.And(holding);
        }

        return found;
    }

    /// <inheritdoc/>
    public override async Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken)
    {
        var left = 0L;
        await foreach (var (name, holding) in FindAsync(person, cancellationToken))
        {
            left += await CallAsync(name, () => RewriteAsync(name, person, cancellationToken)) ? 0 : holding.Records;
        }

        return left == 0 ? null : new Remainder(left, $"in objects of gs://{bucket} that were replaced meanwhile", Until: null);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in storage.ListAsync(bucket, prefix, cancellationToken))
        {
            using var text = await CallAsync(found.Name, () => Task.FromResult(Open(found.Name)));
            while (await CallAsync(found.Name, () => Task.FromResult(text.Lines.TryNext())))
            {
                if (person.IsAmong(text.Users.Of(text.Lines.Line.Span)))
                {
                    yield return RawRecord.Of(found.Name, text.Lines.Line.Span);
                }
            }
        }
    }

    private async IAsyncEnumerable<(string Name, Holding Holding)> FindAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in storage.ListAsync(bucket, prefix, cancellationToken))
        {
            var holding = await CallAsync(found.Name, () => Task.Run(() => Count(found.Name, person, cancellationToken), cancellationToken));
            if (holding.Records > 0)
            {
                yield return (found.Name, holding);
            }
        }
    }

    private Holding Count(string name, Person person, CancellationToken cancellationToken)
    {
        using var text = Open(name);
        return text.Count(person, cancellationToken);
    }

    // False where another one has taken its place since.
    private async Task<bool> RewriteAsync(string name, Person person, CancellationToken cancellationToken)
    {
        if (await storage.FindAsync(bucket, name, cancellationToken) is not { } state)
        {
            return true;
        }

        await using var copy = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using (var text = Open(name))
        {
            using var gzip = text.IsGzip ? new GZipStream(copy, CompressionLevel.Optimal, leaveOpen: true) : null;
            LogCopy.WriteOthers(text, person, gzip ?? (Stream)copy, ForgottenEntry.InPlaceOf, cancellationToken);
        }

        copy.Position = 0;
        return await storage.ReplaceAsync(bucket, name, state, copy, cancellationToken);
    }

    private LogText Open(string name) => LogText.Open($"gs://{bucket}/{name}", () => storage.OpenRead(bucket, name));

    private async Task<T> CallAsync<T>(string name, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new PlaceException($"gs://{bucket}/{name} cannot be read or written: {e.Message}", e);
        }
    }
}

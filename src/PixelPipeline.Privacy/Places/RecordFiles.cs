using System.Runtime.CompilerServices;
using System.Text.Json;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Places;

/// <summary>Files that each hold one entry, as dead letters do: <c>{…,"entry":{…}}</c>. A person's are deleted, those that a killed process left half written among them.</summary>
/// <param name="name">What people call the place.</param>
/// <param name="folder">Where the files are, at any depth; it need not be there.</param>
public sealed class RecordFiles(string name, string folder) : Place
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Containers => "files";

    /// <summary>Whom such a file is about.</summary>
    public static IReadOnlyList<string> UsersIn(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("entry", out var entry)
                ? UserNames.InEntry(JsonSerializer.SerializeToUtf8Bytes(entry))
                : UserNames.InEntry(file.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return UserNames.InEntry(file.Span); // as text
        }
    }

    /// <inheritdoc/>
    public override Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken) => Task.Run(() =>
    {
        var found = default(Holding);
        foreach (var (_, bytes) in Find(person, cancellationToken))
        {
            found = found.And(new Holding(1, bytes.Length, 1));
        }

        return found;
    }, cancellationToken);

    /// <inheritdoc/>
    public override Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken) => Task.Run(() =>
    {
        foreach (var (path, _) in Find(person, cancellationToken))
        {
            File.Delete(path);
        }

        return (Remainder?)null;
    }, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var (path, bytes) in Find(person, cancellationToken))
        {
            yield return RawRecord.Of(Path.GetFileName(path), bytes.AsSpan().TrimEnd((byte)'\n'));
        }
    }

    private IEnumerable<(string Path, byte[] Bytes)> Find(Person person, CancellationToken cancellationToken)
    {
        foreach (var path in Paths())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(path) is { } bytes && person.IsAmong(UsersIn(bytes)))
            {
                yield return (path, bytes);
            }
        }
    }

    private IEnumerable<string> Paths() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // it was moved or delivered meanwhile, and stands where it is now, too
        }
    }
}

using PixelPipeline.Files;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// The dead letters on disk, one file each, named by the message id, so that a message given up twice is there once.
/// A request to deliver one again is a move of its file, <c>dead-letters/X.jsonl</c> to
/// <c>dead-letters/redeliver/X.jsonl</c>: it works whether the pipeline runs or not, and is in exactly one of the two
/// at any moment.
/// </summary>
public sealed class DeadLetterStore
{
    private const string Extension = ".jsonl";

    private readonly string _letters;
    private readonly string _requests;

    /// <summary>Opens the dead letters of a data folder, which another process may be running on.</summary>
    /// <param name="data">The folder; nothing is created before the first dead letter.</param>
    public DeadLetterStore(DataFolder data)
    {
        _letters = data.DeadLetters;
        _requests = Path.Combine(data.DeadLetters, "redeliver");
    }

    /// <summary>How many there are, but for those that were asked to be delivered again.</summary>
    public int Count => IdsIn(_letters).Count;

    /// <summary>The dead letters, oldest message first. Those that were asked to be delivered again are not among them.</summary>
    /// <exception cref="InvalidDataException">A file there is no dead letter.</exception>
    public IReadOnlyList<DeadLetter> List() => [.. IdsIn(_letters).Select(id => Read(_letters, id)).OfType<DeadLetter>()];

    /// <summary>
    /// Asks for a message to be delivered again, with the same id and the same bytes: by the pipeline that runs on the
    /// folder, or else by the next one.
    /// </summary>
    /// <param name="messageId">As <see cref="List"/> gives it.</param>
    /// <returns>False where there is no such dead letter.</returns>
    /// <exception cref="IOException">The file cannot be moved.</exception>
    public bool RequestRedelivery(string messageId)
    {
        if (!IdsIn(_letters).Contains(messageId)) // never a path made of what someone typed
        {
            return false;
        }

        Directory.CreateDirectory(_requests);
        try
        {
            File.Move(FileOf(_letters, messageId), FileOf(_requests, messageId), overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false; // another process was faster
        }
    }

    /// <summary>Removes a dead letter for good.</summary>
    /// <param name="messageId">As <see cref="List"/> gives it.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove(string messageId)
    {
        if (IdsIn(_letters).Contains(messageId)) // never a path made of what someone typed
        {
            File.Delete(FileOf(_letters, messageId));
        }
    }

    /// <summary>Asks for all dead letters to be delivered again.</summary>
    /// <returns>How many were asked for.</returns>
    /// <exception cref="IOException">A file cannot be moved; those before it are asked for.</exception>
    public int RequestRedeliveryOfAll() => IdsIn(_letters).Count(RequestRedelivery);

    /// <summary>Keeps a message that was given up. Once this returns it is on the disk.</summary>
    internal void Add(DeadLetter letter)
    {
        Directory.CreateDirectory(_letters);
        DurableFile.Replace(FileOf(_letters, letter.MessageId), DeadLetterLine.Write(letter));
    }

    /// <summary>Removes those that were given up before an instant, but for those that are to be delivered again.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">One cannot be read or removed; those before it are gone.</exception>
    internal int RemoveGivenUpBefore(DateTimeOffset instant)
    {
        var removed = 0;
        foreach (var id in IdsIn(_letters).Where(id => WasGivenUpBefore(id, instant)))
        {
            File.Delete(FileOf(_letters, id));
            removed++;
        }

        return removed;
    }

    /// <summary>The ids of all messages that are here, asked for or not.</summary>
    internal IReadOnlySet<string> AllIds() => IdsIn(_letters).Concat(IdsIn(_requests)).ToHashSet();

    /// <summary>The ids of the messages that are to be delivered again.</summary>
    internal IReadOnlyList<string> Requests() => IdsIn(_requests);

    /// <summary>A message that is to be delivered again.</summary>
    internal DeadLetter? ReadRequest(string messageId) => Read(_requests, messageId);

    /// <summary>Forgets a message that was delivered after all.</summary>
    internal void CompleteRequest(string messageId) => File.Delete(FileOf(_requests, messageId));

    /// <summary>Puts a message back that was given up once more.</summary>
    internal void ReturnRequest(DeadLetter letter)
    {
        var request = FileOf(_requests, letter.MessageId);
        DurableFile.Replace(request, DeadLetterLine.Write(letter));
        File.Move(request, FileOf(_letters, letter.MessageId), overwrite: true);
    }

    private bool WasGivenUpBefore(string messageId, DateTimeOffset instant)
    {
        try
        {
            return Read(_letters, messageId)?.Time < instant;
        }
        catch (InvalidDataException)
        {
            return false; // no dead letter: it is somebody else's
        }
    }

    private static string FileOf(string folder, string messageId) => Path.Combine(folder, messageId + Extension);

    private static List<string> IdsIn(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var ids = Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(id => id.All(char.IsAsciiDigit))
            .ToList();
        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    private static DeadLetter? Read(string folder, string messageId)
    {
        try
        {
            return DeadLetterLine.Read(File.ReadAllBytes(FileOf(folder, messageId)));
        }
        catch (FileNotFoundException)
        {
            return null; // moved since the folder was read
        }
    }
}

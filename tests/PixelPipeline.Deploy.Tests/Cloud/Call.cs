namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>One command line that a script ran: <c>gcloud</c> or <c>bq</c>, its words, folder and standard input.</summary>
internal sealed record Call(string Tool, IReadOnlyList<string> Words, string Folder, string Input)
{
    /// <summary>The words that are no flags, such as <c>pubsub topics create pixel-dev</c>.</summary>
    public IReadOnlyList<string> Plain { get; } = [.. Words.Where(w => !w.StartsWith('-'))];

    /// <summary>Whether it only looks.</summary>
    public bool Looks => Plain.Any(w => w is "describe" or "list" or "show" or "get-iam-policy")
        || Input.StartsWith("SELECT", StringComparison.Ordinal);

    public override string ToString() => Words.Aggregate(Tool, (line, word) => line + ' ' + Quote(word));

    /// <summary>The value of <c>--name=value</c>; an empty text for a bare <c>--name</c>; null where it is absent.</summary>
    public string? Flag(string name)
    {
        var flag = Words.FirstOrDefault(w => w == "--" + name || w.StartsWith($"--{name}=", StringComparison.Ordinal));
        return flag is null ? null : flag.Length > name.Length + 2 ? flag[(name.Length + 3)..] : "";
    }

    public string ReadFile(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_./:=@,%+-".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

/// <summary>What a command answers; <see cref="Text"/> goes to the standard error when <see cref="Code"/> is not 0.</summary>
internal sealed record Answer(int Code, string Text)
{
    public static readonly Answer Done = new(0, "");
}

/// <summary>A command that the cloud refuses.</summary>
internal sealed class RefusedException(string message) : Exception(message);

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// The name of an object that a file of a folder can be, such as <c>drop/2026/elb.log.gz</c>. It comes from strangers:
/// whatever could lead out of the folder is no name.
/// </summary>
internal sealed record ObjectName
{
    private const int MaxBytes = 1_024; // https://cloud.google.com/storage/docs/objects#naming
    private const int MaxPartBytes = 255; // what file systems take

    private ObjectName(string text) => Text = text;

    /// <summary>The name as Cloud Storage has it, with slashes.</summary>
    public string Text { get; }

    /// <summary>
    /// False for what is no name, or none that a file can have: empty, too long, absolute, with an empty part, with a
    /// part that begins with a dot (<c>..</c>, and what a program that copies or a desktop leaves beside the files), with
    /// a control character, a backslash or another one that file names here cannot have, or not in UTF-8.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ObjectName? name)
    {
        name = text is { Length: > 0 } && Encoding.UTF8.GetByteCount(text) <= MaxBytes && text.Split('/').All(IsFileName)
            ? new ObjectName(text)
            : null;
        return name is not null;
    }

    /// <summary>Where the object's file is.</summary>
    /// <param name="folder">The folder's absolute path.</param>
    public string PathIn(string folder) => Path.Combine([folder, .. Text.Split('/')]);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsFileName(string part) =>
        part.Length > 0 && part[0] != '.' && Encoding.UTF8.GetByteCount(part) <= MaxPartBytes
        && !part.Any(IsForbidden) && part.IndexOfAny(Path.GetInvalidFileNameChars()) < 0;

    // U+FFFD stands where bytes were no UTF-8: the file that is meant would not be found by it.
    private static bool IsForbidden(char c) => char.IsControl(c) || c is '\\' or '\uFFFD';
}

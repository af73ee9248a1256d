using System.Buffers;
using System.Text;
using PixelPipeline.Events;

namespace PixelPipeline.Forgetting;

/// <summary>
/// Finds users in text of any kind by <c>user_id=…</c> and <c>"user_id":"…"</c>. Where the text as it stands has none, its
/// escapes are undone and it is looked at again, a few levels deep: a page's address within another's query, say, within a
/// line of JSON. What it finds so is at worst a name too many, so it is asked only of entries that became no event.
/// </summary>
internal static class NamesInText
{
    private const int MaxLevels = 4;

    private static readonly SearchValues<byte> Ends = SearchValues.Create("&\"'<>#;,}]) \t\r\n\\"u8);

    private static ReadOnlySpan<byte> Name => "user_id"u8;

    /// <summary>The names, each once.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> text)
    {
        var found = new List<string>();
        var level = text;
        for (var i = 0; i < MaxLevels && !level.IsEmpty; i++)
        {
            FindAsItStands(level, found);
            if (found.Count > 0)
            {
                break;
            }

            level = TextEscapes.Undo(level);
        }

        return found;
    }

    private static void FindAsItStands(ReadOnlySpan<byte> text, List<string> found)
    {
        for (var at = text.IndexOf(Name); at >= 0; at = text.IndexOf(Name))
        {
            var isWord = at == 0 || !IsWord(text[at - 1]);
            text = text[(at + Name.Length)..];
            if (isWord && ValueAt(text) is { Length: > 0 } value && !found.Contains(value))
            {
                found.Add(value);
            }
        }
    }

    // What follows the name.
    private static string? ValueAt(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("\" \t"u8);
        if (text is not [(byte)'=' or (byte)':', ..])
        {
            return null;
        }

        var isForm = text[0] == '=';
        text = text[1..].TrimStart(" \t"u8);
        if (text is [(byte)'"', ..])
        {
            text = text[1..];
            var quote = text.IndexOf((byte)'"');
            return Encoding.UTF8.GetString(quote < 0 ? text : text[..quote]);
        }

        var end = text.IndexOfAny(Ends);
        text = end < 0 ? text : text[..end];
        return isForm ? FormEncoding.Decode(text) : text.SequenceEqual("null"u8) ? null : Encoding.UTF8.GetString(text);
    }

    private static bool IsWord(byte character) => character == '_' || char.IsAsciiLetterOrDigit((char)character);
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Tables;

/// <summary>
/// Spells any text, such as a user id, in the characters that a table suffix may have, so that two texts never get the
/// same spelling. <c>[A-Za-z0-9]+</c> stands as it is; in any other text each UTF-8 byte that is no such character
/// becomes <c>_</c> and two upper-case hexadecimal digits, as in <c>a_40example_2Ecom</c>. A spelling over
/// <see cref="MaxLength"/> is cut and closed by <c>__</c> and a hash of the whole text.
/// </summary>
/// <remarks>An underscore is followed by a digit, A to F or, before a hash, another underscore: no text is spelled <c>_overflow</c>.</remarks>
internal static class SuffixValue
{
    /// <summary>200 characters: far below a table id's 1,024, so that base name, date and literals always fit.</summary>
    public const int MaxLength = 200;

    private const int HashDigits = 32;
    private const int KeptLength = MaxLength - HashDigits - 2;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>The spelling of a text that is not empty.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var spelling = Escape(bytes);
        return spelling.Length <= MaxLength ? spelling : Cut(spelling) + "__" + Hash(bytes);
    }

    private static string Escape(byte[] bytes)
    {
        var builder = new StringBuilder(bytes.Length * 2);
        foreach (var b in bytes)
        {
            if (Plain.Contains((char)b))
            {
                builder.Append((char)b);
            }
            else
            {
                builder.Append('_').Append(Convert.ToHexString([b]));
            }
        }

        return builder.ToString();
    }

    // Not inside an escape: what stands before the mark is again a spelling.
    private static string Cut(string spelling)
    {
        var end = KeptLength;
        var escape = spelling.LastIndexOf('_', end - 1, 2);
        return spelling[..(escape >= 0 ? escape : end)];
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..HashDigits];
}

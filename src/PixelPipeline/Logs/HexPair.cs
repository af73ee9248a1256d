using System.Globalization;

namespace PixelPipeline.Logs;

/// <summary>A byte as two hexadecimal digits.</summary>
internal static class HexPair
{
    /// <summary>Reads two characters.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="at">Where the first of the two is; the text may end before.</param>
    /// <param name="value">What they say; 0 where they say nothing.</param>
    /// <returns>False unless both are digits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, int at, out byte value)
    {
        // Looked at first: the number parsers of .NET overlook trailing NUL characters.
        var isPair = text.Length >= at + 2 && char.IsAsciiHexDigit((char)text[at]) && char.IsAsciiHexDigit((char)text[at + 1]);
        value = isPair ? byte.Parse(text[at..(at + 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : (byte)0;
        return isPair;
    }
}

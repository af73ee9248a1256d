namespace PixelPipeline.Logs.Formats;

/// <summary>
/// What stands behind the time of a combined line: <c>"request" status bytes "referer" "user agent"</c>, and more that is
/// not used. Servers differ in how they write a quote within a text. Those that escape it write no other quote, so the
/// first that no backslash escapes ends the text. Where that gives no line, nothing is escaped: then a quote ends a text
/// where what has to follow it does.
/// </summary>
internal readonly ref struct CombinedText
{
    // HAProxy ends its lines there, wherever they are. Half a line of a log that is still written is mostly shorter.
    private const int CutLineLength = 1_000;

    /// <summary>Escaped as it stands.</summary>
    public ReadOnlySpan<byte> Request { get; private init; }

    /// <summary>Digits, or a hyphen.</summary>
    public ReadOnlySpan<byte> Status { get; private init; }

    /// <summary>Empty for a hyphen, and in the common format.</summary>
    public ReadOnlySpan<byte> Referer { get; private init; }

    /// <summary>Likewise, and where the line ends within it.</summary>
    public ReadOnlySpan<byte> UserAgent { get; private init; }

    /// <summary>True where a backslash escapes.</summary>
    public bool IsEscaping { get; private init; }

    /// <summary>Reads what begins behind the request's opening quote.</summary>
    /// <param name="rest">Up to the line's end.</param>
    /// <param name="lineLength">Of the whole line.</param>
    /// <param name="result">What it is made of.</param>
    public static bool TryRead(ReadOnlySpan<byte> rest, int lineLength, out CombinedText result) =>
        TryRead(rest, isEscaping: true, isCut: false, out result) || TryRead(rest, isEscaping: false, isCut: false, out result)
        || (lineLength >= CutLineLength && TryRead(rest, isEscaping: true, isCut: true, out result));

    /// <summary>Cuts the request off, with its closing quote, which the status follows.</summary>
    public static bool TryCutRequest(scoped ref ReadOnlySpan<byte> rest, bool isEscaping, out ReadOnlySpan<byte> request)
    {
        for (var from = 0; TryFindQuote(rest, isEscaping, ref from, out var end);)
        {
            if (rest.Length > end + 2 && rest[end + 1] == ' ' && (rest[end + 2] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')))
            {
                request = rest[..end];
                rest = rest[(end + 1)..];
                return true;
            }

            if (isEscaping)
            {
                break;
            }
        }

        request = default;
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> rest, bool isEscaping, bool isCut, out CombinedText result)
    {
        result = default;
        if (!TryCutRequest(ref rest, isEscaping, out var request) || !TryCutNumber(ref rest, out var status) || !TryCutNumber(ref rest, out _)
            || !TryCutReferer(ref rest, isEscaping, out var referer) || !TryReadUserAgent(rest, isEscaping, isCut, out var userAgent))
        {
            return false;
        }

        result = new CombinedText { Request = request, Status = status, Referer = referer, UserAgent = userAgent, IsEscaping = isEscaping };
        return true;
    }

    private static bool TryCutNumber(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> number)
    {
        number = default;
        if (rest.Length < 2 || rest[0] != ' ')
        {
            return false;
        }

        var end = rest[1..].IndexOf((byte)' ');
        number = end < 0 ? rest[1..] : rest.Slice(1, end);
        rest = rest[(1 + number.Length)..];
        return !number.IsEmpty && (!number.ContainsAnyExceptInRange((byte)'0', (byte)'9') || number.SequenceEqual("-"u8));
    }

    private static bool TryCutReferer(scoped ref ReadOnlySpan<byte> rest, bool isEscaping, out ReadOnlySpan<byte> referer)
    {
        referer = default;
        if (rest.IsEmpty)
        {
            return true; // the common format
        }

        if (!rest.StartsWith(" \""u8))
        {
            return false;
        }

        rest = rest[2..];
        for (var from = 0; TryFindQuote(rest, isEscaping, ref from, out var end);)
        {
            var after = rest[(end + 1)..];
            if (after.IsEmpty || after.StartsWith(" \""u8))
            {
                referer = OrNone(rest[..end]);
                rest = after;
                return true;
            }

            if (isEscaping)
            {
                break;
            }
        }

        return false;
    }

    private static bool TryReadUserAgent(ReadOnlySpan<byte> rest, bool isEscaping, bool isCut, out ReadOnlySpan<byte> userAgent)
    {
        userAgent = default;
        if (rest.IsEmpty)
        {
            return true;
        }

        rest = rest[2..];
        for (var from = 0; TryFindQuote(rest, isEscaping, ref from, out var end);)
        {
            if (AreFields(rest[(end + 1)..]))
            {
                userAgent = OrNone(rest[..end]);
                return true;
            }

            if (isEscaping)
            {
                return false;
            }
        }

        return isCut;
    }

    private static bool TryFindQuote(ReadOnlySpan<byte> text, bool isEscaping, ref int from, out int quote)
    {
        var start = from;
        var next = isEscaping ? Escapes.EndOfQuoted(text[start..]) : text[start..].IndexOf((byte)'"');
        quote = start + next;
        from = quote + 1;
        return next >= 0;
    }

    /// <summary>True for nothing, and for fields that each follow a space, in quotes or without any.</summary>
    private static bool AreFields(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest[0] != ' ')
            {
                return false;
            }

            rest = rest[1..];
            var isQuoted = rest is [(byte)'"', ..];
            var end = isQuoted ? Escapes.EndOfQuoted(rest[1..]) + 2 : rest.IndexOf((byte)' ');
            end = end < 0 ? rest.Length : end;
            if (isQuoted ? end < 2 : rest[..end].Contains((byte)'"'))
            {
                return false;
            }

            rest = rest[end..];
        }

        return true;
    }

    private static ReadOnlySpan<byte> OrNone(ReadOnlySpan<byte> text) => text.SequenceEqual("-"u8) ? default : text;
}

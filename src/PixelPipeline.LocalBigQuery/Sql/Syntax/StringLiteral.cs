namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// The beginning of a string or bytes literal: prefix (<c>r</c>, <c>b</c>, <c>rb</c>, <c>br</c> in any case) and quote
/// (<c>'</c>, <c>"</c>, or three of them).
/// </summary>
internal readonly record struct StringLiteral(int Body, string Quote, bool IsRaw, bool IsBytes)
{
    /// <summary>The literal that begins at <paramref name="at"/>, or null when none does.</summary>
    public static StringLiteral? Start(string sql, int at)
    {
        bool raw = false, bytes = false;
        var quote = at;
        for (; quote < sql.Length && quote < at + 2; quote++)
        {
            if (sql[quote] is 'r' or 'R' && !raw)
            {
                raw = true;
            }
            else if (sql[quote] is 'b' or 'B' && !bytes)
            {
                bytes = true;
            }
            else
            {
                break;
            }
        }

        if (quote >= sql.Length || sql[quote] is not ('\'' or '"'))
        {
            return null;
        }

        var mark = sql[quote].ToString();
        var triple = mark + mark + mark;
        var used = string.CompareOrdinal(sql, quote, triple, 0, 3) == 0 ? triple : mark;
        return new StringLiteral(quote + used.Length, used, raw, bytes);
    }

    /// <summary>The offset after the closing quote.</summary>
    /// <exception cref="GoogleSqlException">There is none.</exception>
    public int End(string sql, SourcePosition position)
    {
        for (var i = Body; i < sql.Length; i++)
        {
            if (string.CompareOrdinal(sql, i, Quote, 0, Quote.Length) == 0)
            {
                return i + Quote.Length;
            }

            if (sql[i] == '\n' && Quote.Length == 1)
            {
                break;
            }

            i += sql[i] == '\\' ? 1 : 0; // a quote after a backslash does not close, in raw literals too
        }

        throw new GoogleSqlException(Quote.Length == 3 ? "Syntax error: Unclosed triple-quoted string literal" : "Syntax error: Unclosed string literal", position);
    }

    /// <summary>What it stands for; for bytes, each character is one byte.</summary>
    /// <exception cref="GoogleSqlException">An escape sequence is illegal.</exception>
    public string Value(string sql, int end, SourcePosition position)
    {
        var body = sql.AsSpan(Body, end - Quote.Length - Body);
        return IsRaw && !IsBytes
            ? body.ToString()
            : IsRaw ? EscapeSequences.AsBytes(body) : EscapeSequences.Decode(body, IsBytes, position);
    }
}

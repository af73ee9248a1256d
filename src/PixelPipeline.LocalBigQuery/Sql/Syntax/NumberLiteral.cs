namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Where an integer (<c>42</c>, <c>0x2A</c>) or floating point literal (<c>1.5</c>, <c>.5</c>, <c>2e10</c>) ends.</summary>
internal static class NumberLiteral
{
    /// <summary>The offset after the literal that begins at <paramref name="start"/>.</summary>
    public static int End(string sql, int start, out bool isFloat)
    {
        isFloat = false;
        if (sql[start] == '0' && start + 2 < sql.Length && sql[start + 1] is 'x' or 'X' && char.IsAsciiHexDigit(sql[start + 2]))
        {
            return Skip(sql, start + 2, char.IsAsciiHexDigit);
        }

        var end = Skip(sql, start, char.IsAsciiDigit);
        if (end < sql.Length && sql[end] == '.')
        {
            isFloat = true;
            end = Skip(sql, end + 1, char.IsAsciiDigit);
        }

        var exponent = end + 1 < sql.Length && sql[end] is 'e' or 'E' ? end + 1 : sql.Length;
        exponent += exponent < sql.Length && sql[exponent] is '+' or '-' ? 1 : 0;
        if (exponent < sql.Length && char.IsAsciiDigit(sql[exponent]))
        {
            isFloat = true;
            end = Skip(sql, exponent, char.IsAsciiDigit);
        }

        return end;
    }

    private static int Skip(string sql, int from, Func<char, bool> belongs)
    {
        while (from < sql.Length && belongs(sql[from]))
        {
            from++;
        }

        return from;
    }
}

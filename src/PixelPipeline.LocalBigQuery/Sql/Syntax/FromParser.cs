namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses what stands after FROM: tables, queries and joins.</summary>
internal sealed class FromParser(TokenCursor cursor, ExpressionParser expressions, Func<Query> parseQuery)
{
    private static readonly string[] Unsupported = ["RIGHT", "FULL", "NATURAL", "PIVOT", "UNPIVOT", "TABLESAMPLE", "FOR"];

    public FromItem Parse() => cursor.Nested(() =>
    {
        var left = ParsePrimary();
        for (var joins = 0; ParseJoinKind() is { } kind; joins++)
        {
            left = joins < TokenCursor.MaxDepth ? ParseJoin(left, kind) : throw cursor.NotSupported($"more than {TokenCursor.MaxDepth} joins");
        }

        return left;
    });

    private JoinKind? ParseJoinKind()
    {
        if (cursor.AcceptSymbol(",") || cursor.Accept("CROSS", "JOIN"))
        {
            return JoinKind.Cross;
        }

        if (cursor.Accept("JOIN") || cursor.Accept("INNER", "JOIN"))
        {
            return JoinKind.Inner;
        }

        if (cursor.Accept("LEFT", "JOIN") || cursor.Accept("LEFT", "OUTER", "JOIN"))
        {
            return JoinKind.Left;
        }

        return Array.Find(Unsupported, word => cursor.At(word)) is { } construct
            ? throw cursor.NotSupported(construct is "RIGHT" or "FULL" or "NATURAL" ? $"{construct} JOIN" : construct)
            : null;
    }

    private JoinItem ParseJoin(FromItem left, JoinKind kind)
    {
        var position = cursor.Position;
        var right = ParsePrimary();
        if (kind == JoinKind.Cross)
        {
            return new JoinItem(position, left, right, kind, null, []);
        }

        if (cursor.Accept("ON"))
        {
            return new JoinItem(position, left, right, kind, expressions.Parse(), []);
        }

        if (!cursor.Accept("USING"))
        {
            throw cursor.Unexpected("keyword ON or keyword USING");
        }

        cursor.ExpectSymbol("(");
        var columns = cursor.List(cursor.ExpectName);
        cursor.ExpectSymbol(")");
        return new JoinItem(position, left, right, kind, null, columns);
    }

    private FromItem ParsePrimary()
    {
        var position = cursor.Position;
        if (cursor.At("UNNEST") || cursor.At("LATERAL"))
        {
            throw cursor.NotSupported($"{cursor.Current.Text.ToUpperInvariant()} in FROM");
        }

        if (!cursor.AcceptSymbol("("))
        {
            var path = ParsePath();
            return cursor.AtSymbol("(") ? throw cursor.NotSupported("table-valued function") : new TableItem(position, path, ParseAlias());
        }

        if (IsQueryNext())
        {
            var query = parseQuery();
            cursor.ExpectSymbol(")");
            return new QueryItem(position, query, ParseAlias());
        }

        var joined = Parse();
        cursor.ExpectSymbol(")");
        return joined is JoinItem ? joined : throw new GoogleSqlException("Syntax error: Expected a join or a query in parentheses", position);
    }

    private bool IsQueryNext()
    {
        var ahead = 0;
        while (cursor.Peek(ahead).IsSymbol("("))
        {
            ahead++;
        }

        return cursor.Peek(ahead).Is("SELECT") || cursor.Peek(ahead).Is("WITH");
    }

    private string? ParseAlias() =>
        cursor.At("PIVOT") || cursor.At("UNPIVOT") ? null : SelectParser.ParseAlias(cursor);

    // `project.dataset.table` in all its spellings: quoted as a whole or in parts, and with dashes in an unquoted project.
    private List<string> ParsePath()
    {
        if (!TokenCursor.IsName(cursor.Current))
        {
            throw cursor.Unexpected();
        }

        var start = cursor.Position;
        List<string> parts = [.. PartsOf(cursor.Take())];
        ParseDashes(parts);
        while (cursor.AcceptSymbol("."))
        {
            parts.AddRange(cursor.Current.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier ? PartsOf(cursor.Take()) : throw cursor.Unexpected("identifier"));
        }

        if (parts.SkipLast(1).Contains("INFORMATION_SCHEMA", StringComparer.OrdinalIgnoreCase) || parts[^1].Contains('$', StringComparison.Ordinal))
        {
            throw new GoogleSqlException($"Not supported: {(parts[^1].Contains('$', StringComparison.Ordinal) ? "partition decorator" : "INFORMATION_SCHEMA")}", start);
        }

        return parts.Count > 3 || parts.Contains("") ? throw new GoogleSqlException($"Invalid table name: `{string.Join('.', parts)}`", start) : parts;
    }

    private void ParseDashes(List<string> parts)
    {
        while (cursor.AtSymbol("-") && cursor.Current.Start == cursor.Peek(-1).End && cursor.Peek().Start == cursor.Current.End
            && cursor.Peek().Kind is TokenKind.Identifier or TokenKind.Integer or TokenKind.Float)
        {
            cursor.Take();
            var word = cursor.Take();
            parts[^1] += "-" + word.Text.TrimEnd('.');
            if (word.Text.EndsWith('.')) // "my-project-1." reads as a number with its point
            {
                parts.AddRange(PartsOf(cursor.Take()));
                return;
            }

            if (cursor.Current.Kind == TokenKind.Identifier && cursor.Current.Start == word.End) // "-1a": digits and letters
            {
                parts[^1] += cursor.Take().Text;
            }
        }
    }

    private static string[] PartsOf(Token token) => token.Kind == TokenKind.QuotedIdentifier ? token.Text.Split('.') : [token.Text];
}

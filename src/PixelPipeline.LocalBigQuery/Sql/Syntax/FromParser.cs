namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses what stands after FROM: tables, queries and joins.</summary>
internal sealed class FromParser(TokenCursor cursor, ExpressionParser expressions, Func<Query> parseQuery)
{
    private static readonly string[] Unsupported = ["NATURAL", "UNPIVOT", "FOR"];

    public FromItem Parse() => cursor.Nested(() =>
    {
        var left = ParsePrimary();
        for (var joins = 0; ParseJoinKind() is { } kind; joins++)
        {
            left = joins < TokenCursor.MaxDepth ? ParseJoin(left, kind) : throw cursor.NotSupported($"more than {TokenCursor.MaxDepth} joins");
        }

        return left;
    });

    /// <summary>One source without joins.</summary>
    public FromItem ParseOne() => ParsePrimary();

    /// <summary>A table that a statement changes.</summary>
    public TableItem ParseTable(bool withAlias)
    {
        var position = cursor.Position;
        var path = ParsePath();
        return new TableItem(position, path, withAlias ? ParseAlias() : null);
    }

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

        if (cursor.Accept("RIGHT", "JOIN") || cursor.Accept("RIGHT", "OUTER", "JOIN"))
        {
            return JoinKind.Right;
        }

        if (cursor.Accept("FULL", "JOIN") || cursor.Accept("FULL", "OUTER", "JOIN"))
        {
            return JoinKind.Full;
        }

        if (cursor.Accept("LEFT", "JOIN") || cursor.Accept("LEFT", "OUTER", "JOIN"))
        {
            return JoinKind.Left;
        }

        return Array.Find(Unsupported, word => cursor.At(word)) is { } construct
            ? throw cursor.NotSupported(construct is "NATURAL" ? $"{construct} JOIN" : construct)
            : null;
    }

    private JoinItem ParseJoin(FromItem left, JoinKind kind)
    {
        var position = cursor.Position;
        var right = ParsePrimary();
        if (kind == JoinKind.Cross || (right is UnnestItem && !cursor.At("ON") && !cursor.At("USING")))
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
        var item = ParseSource();
        while (cursor.At("PIVOT") || cursor.At("TABLESAMPLE"))
        {
            item = cursor.At("PIVOT") ? ParsePivot(item) : ParseSample(item);
        }

        return item;
    }

    private FromItem ParseSource()
    {
        var position = cursor.Position;
        if (cursor.At("LATERAL"))
        {
            throw cursor.NotSupported("LATERAL in FROM");
        }

        if (cursor.Accept("UNNEST"))
        {
            return ParseUnnest(position);
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

    private UnnestItem ParseUnnest(SourcePosition position)
    {
        cursor.ExpectSymbol("(");
        var array = expressions.Parse();
        cursor.ExpectSymbol(")");
        var alias = cursor.At("WITH") ? null : ParseAlias();
        var offset = cursor.Accept("WITH", "OFFSET") ? ParseAlias() ?? "offset" : null;
        return new UnnestItem(position, array, alias, offset);
    }

    private PivotItem ParsePivot(FromItem of)
    {
        var position = cursor.Position;
        cursor.Take();
        cursor.ExpectSymbol("(");
        var aggregates = cursor.List(() => (expressions.Parse(), cursor.At("FOR") ? null : SelectParser.ParseAlias(cursor)));
        cursor.Expect("FOR");
        var by = expressions.ParseOperand();
        cursor.Expect("IN");
        cursor.ExpectSymbol("(");
        var values = cursor.List(() => (expressions.Parse(), SelectParser.ParseAlias(cursor)));
        cursor.ExpectSymbol(")");
        cursor.ExpectSymbol(")");
        return new PivotItem(position, of, aggregates, by, values, ParseAlias());
    }

    private SampleItem ParseSample(FromItem of)
    {
        var position = cursor.Position;
        cursor.Take();
        cursor.Expect("SYSTEM");
        cursor.ExpectSymbol("(");
        var percent = expressions.Parse() is LiteralExpression { Value: long or double } literal ? Convert.ToDouble(literal.Value, System.Globalization.CultureInfo.InvariantCulture) : throw new GoogleSqlException("TABLESAMPLE expects a number", position);
        cursor.Expect("PERCENT");
        cursor.ExpectSymbol(")");
        return percent is >= 0 and <= 100 ? new SampleItem(position, of, percent) : throw new GoogleSqlException("TABLESAMPLE expects a percentage from 0 to 100", position);
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
        cursor.At("PIVOT") || cursor.At("UNPIVOT") || cursor.At("TABLESAMPLE") ? null : SelectParser.ParseAlias(cursor);

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

        if (parts[^1].Contains('$', StringComparison.Ordinal))
        {
            throw new GoogleSqlException("Not supported: partition decorator", start);
        }

        return parts.Count > 4 || parts.Contains("") || (parts.Count > 3 && !parts[^2].Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase)) ? throw new GoogleSqlException($"Invalid table name: `{string.Join('.', parts)}`", start) : parts;
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

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses one SELECT from its select list to QUALIFY.</summary>
internal sealed class SelectParser(TokenCursor cursor, ExpressionParser expressions, FromParser sources)
{
    public SelectBody Parse()
    {
        var position = cursor.Position;
        cursor.Expect("SELECT");
        var distinct = cursor.Accept("DISTINCT");
        if (!distinct)
        {
            cursor.Accept("ALL");
        }

        var asStruct = cursor.Accept("AS", "STRUCT");
        if (cursor.At("AS"))
        {
            throw cursor.NotSupported("SELECT AS VALUE");
        }

        var select = new SelectBody(position, distinct, ParseItems())
        {
            AsStruct = asStruct,
            From = cursor.Accept("FROM") ? sources.Parse() : null,
            Where = cursor.Accept("WHERE") ? expressions.Parse() : null,
        };
        select = cursor.Accept("GROUP", "BY") ? ParseGroupBy(select) : select;
        return select with
        {
            Having = cursor.Accept("HAVING") ? expressions.Parse() : null,
            Qualify = cursor.Accept("QUALIFY") ? expressions.Parse() : null,
            Windows = cursor.Accept("WINDOW") ? ParseWindows() : select.Windows,
        };
    }

    private Dictionary<string, WindowSpecification> ParseWindows()
    {
        var windows = new Dictionary<string, WindowSpecification>(StringComparer.OrdinalIgnoreCase);
        do
        {
            var position = cursor.Position;
            var name = cursor.ExpectName();
            cursor.Expect("AS");
            if (!windows.TryAdd(name, expressions.ParseWindow()))
            {
                throw new GoogleSqlException($"Duplicate window alias {name}", position);
            }
        }
        while (cursor.AcceptSymbol(","));
        return windows;
    }

    private List<SelectItem> ParseItems()
    {
        List<SelectItem> items = [ParseItem()];
        while (cursor.AcceptSymbol(","))
        {
            if (cursor.At("FROM") || cursor.AtSymbol(")") || cursor.AtSymbol(";") || cursor.Current.Kind == TokenKind.End) // a comma may trail the list
            {
                break;
            }

            items.Add(ParseItem());
        }

        return items;
    }

    private SelectBody ParseGroupBy(SelectBody select)
    {
        if (cursor.Accept("ALL"))
        {
            return select with { GroupByAll = true };
        }

        return cursor.At("ROLLUP") || cursor.At("CUBE") || cursor.At("GROUPING")
            ? ParseGroupings(select)
            : select with { GroupBy = cursor.List(expressions.Parse) };
    }

    private SelectBody ParseGroupings(SelectBody select)
    {
        var kind = cursor.Take();
        if (kind.Is("GROUPING"))
        {
            cursor.Expect("SETS");
        }

        cursor.ExpectSymbol("(");
        List<Expression> keys = [];
        List<IReadOnlyList<int>> sets = kind.Is("GROUPING") ? cursor.List(() => ParseSet(keys)) : [];
        keys.AddRange(kind.Is("GROUPING") ? [] : cursor.List(expressions.Parse));
        cursor.ExpectSymbol(")");
        return select with { GroupBy = keys, Groupings = kind.Is("ROLLUP") ? Rollup(keys.Count) : kind.Is("CUBE") ? Cube(keys.Count) : sets };
    }

    private IReadOnlyList<int> ParseSet(List<Expression> keys)
    {
        var first = keys.Count;
        if (cursor.AcceptSymbol("("))
        {
            keys.AddRange(cursor.AtSymbol(")") ? [] : cursor.List(expressions.Parse));
            cursor.ExpectSymbol(")");
        }
        else
        {
            keys.Add(expressions.Parse());
        }

        return [.. Enumerable.Range(first, keys.Count - first)];
    }

    private static IReadOnlyList<IReadOnlyList<int>> Rollup(int keys) => [.. Enumerable.Range(0, keys + 1).Select(left => (IReadOnlyList<int>)[.. Enumerable.Range(0, keys - left)])];

    private IReadOnlyList<IReadOnlyList<int>> Cube(int keys) => keys > 8
        ? throw cursor.NotSupported("CUBE of more than 8 keys")
        : [.. Enumerable.Range(0, 1 << keys).Reverse().Select(bits => (IReadOnlyList<int>)[.. Enumerable.Range(0, keys).Where(k => (bits & (1 << k)) != 0)])];

    private SelectItem ParseItem()
    {
        var position = cursor.Position;
        if (cursor.AcceptSymbol("*"))
        {
            return ParseStar(position, null);
        }

        if (TokenCursor.IsName(cursor.Current) && cursor.Peek().IsSymbol(".") && cursor.Peek(2).IsSymbol("*"))
        {
            var qualifier = cursor.Take().Text;
            cursor.Take();
            cursor.Take();
            return ParseStar(position, qualifier);
        }

        var item = ParseExpressionItem(position);
        if (item.Alias is null && cursor.AtSymbol(".") && cursor.Peek().IsSymbol("*"))
        {
            cursor.Take();
            cursor.Take();
            return ParseStar(position, null) with { Of = item.Expression };
        }

        return item;
    }

    private ExpressionItem ParseExpressionItem(SourcePosition position)
    {
        var expression = expressions.Parse();
        return new ExpressionItem(position, expression, ParseAlias(cursor));
    }

    private StarItem ParseStar(SourcePosition position, string? qualifier)
    {
        var except = cursor.At("EXCEPT") && cursor.Peek().IsSymbol("(") ? ParseExcept() : [];
        var replace = cursor.Accept("REPLACE") ? ParseReplace() : [];
        return new StarItem(position, qualifier, except, replace);
    }

    private List<string> ParseExcept()
    {
        cursor.Take();
        cursor.ExpectSymbol("(");
        var names = cursor.List(cursor.ExpectName);
        cursor.ExpectSymbol(")");
        return names;
    }

    private List<ExpressionItem> ParseReplace()
    {
        cursor.ExpectSymbol("(");
        var items = cursor.List(() =>
        {
            var item = ParseExpressionItem(cursor.Position);
            return item.Alias is null ? throw cursor.Unexpected("keyword AS") : item;
        });
        cursor.ExpectSymbol(")");
        return items;
    }

    /// <summary><c>AS name</c>, or the name alone.</summary>
    public static string? ParseAlias(TokenCursor cursor) =>
        cursor.Accept("AS") || TokenCursor.IsName(cursor.Current) ? cursor.ExpectName() : null;
}

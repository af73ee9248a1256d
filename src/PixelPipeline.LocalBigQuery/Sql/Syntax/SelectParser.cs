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

        if (cursor.At("AS"))
        {
            throw cursor.NotSupported("SELECT AS STRUCT or AS VALUE");
        }

        var items = ParseItems();
        var select = new SelectBody(position, distinct, items)
        {
            From = cursor.Accept("FROM") ? sources.Parse() : null,
            Where = cursor.Accept("WHERE") ? expressions.Parse() : null,
            GroupBy = cursor.Accept("GROUP", "BY") ? ParseGroupBy() : [],
            Having = cursor.Accept("HAVING") ? expressions.Parse() : null,
            Qualify = cursor.Accept("QUALIFY") ? expressions.Parse() : null,
        };
        return cursor.At("WINDOW") ? throw cursor.NotSupported("WINDOW clause") : select;
    }

    private List<SelectItem> ParseItems()
    {
        List<SelectItem> items = [ParseItem()];
        while (cursor.AcceptSymbol(","))
        {
            if (cursor.At("FROM")) // a comma may trail the list
            {
                break;
            }

            items.Add(ParseItem());
        }

        return items;
    }

    private List<Expression> ParseGroupBy()
    {
        if (cursor.At("ALL") || cursor.At("ROLLUP") || cursor.At("CUBE") || cursor.At("GROUPING"))
        {
            throw cursor.NotSupported($"GROUP BY {cursor.Current.Text.ToUpperInvariant()}");
        }

        return cursor.List(expressions.Parse);
    }

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

        return ParseExpressionItem(position);
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

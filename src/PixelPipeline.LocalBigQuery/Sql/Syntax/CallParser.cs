using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses calls of functions, those with a syntax of their own (CAST, EXTRACT) and window functions.</summary>
internal sealed class CallParser(TokenCursor cursor, ExpressionParser expressions)
{
    /// <summary>The call that is next, or null when none is.</summary>
    public Expression? TryParse()
    {
        var (position, name) = (cursor.Position, cursor.Current);
        if (name.Is("INTERVAL"))
        {
            return ParseInterval(position);
        }

        if (name.Is("SAFE") && cursor.Peek().IsSymbol(".") && cursor.Peek(3).IsSymbol("("))
        {
            cursor.Take();
            cursor.Take();
            return ParseCall(position) with { Safe = true };
        }

        if (!cursor.Peek().IsSymbol("("))
        {
            return null;
        }

        return name.Is("CAST") || name.Is("SAFE_CAST") ? ParseCast(position)
            : name.Is("EXTRACT") ? ParseExtract(position)
            : name.Is("IF") || name.Is("LEFT") || name.Is("RIGHT") || TokenCursor.IsName(name) ? ParseCall(position)
            : null;
    }

    private CastExpression ParseCast(SourcePosition position)
    {
        var safe = cursor.Take().Is("SAFE_CAST");
        cursor.ExpectSymbol("(");
        var value = expressions.Parse();
        cursor.Expect("AS");
        var named = cursor.Current;
        var type = named.Kind == TokenKind.Identifier ? SqlTypes.Parse(named.Text) : null;
        if (type is null)
        {
            throw named.Kind == TokenKind.Identifier ? cursor.NotSupported($"type {named.Text.ToUpperInvariant()}") : cursor.Unexpected("type");
        }

        cursor.Take();
        if (cursor.AtSymbol("(") || cursor.At("FORMAT"))
        {
            throw cursor.NotSupported(cursor.At("FORMAT") ? "CAST … FORMAT" : "parameterized type");
        }

        cursor.ExpectSymbol(")");
        return new CastExpression(position, value, type.Value, safe);
    }

    private ExtractExpression ParseExtract(SourcePosition position)
    {
        cursor.Take();
        cursor.ExpectSymbol("(");
        var part = expressions.Parse();
        cursor.Expect("FROM");
        var value = expressions.Parse();
        var zone = cursor.Accept("AT", "TIME", "ZONE") ? expressions.Parse() : null;
        cursor.ExpectSymbol(")");
        return new ExtractExpression(position, part, value, zone);
    }

    private IntervalExpression ParseInterval(SourcePosition position)
    {
        cursor.Take();
        var count = expressions.Parse();
        var part = new NameExpression(cursor.Position, [cursor.ExpectName()]);
        return cursor.At("TO") ? throw cursor.NotSupported("INTERVAL … TO") : new IntervalExpression(position, count, part);
    }

    private CallExpression ParseCall(SourcePosition position)
    {
        var name = cursor.Take().Text.ToUpperInvariant();
        if (cursor.AtSymbol("."))
        {
            throw cursor.NotSupported($"function {name}.{cursor.Peek().Text.ToUpperInvariant()}");
        }

        cursor.ExpectSymbol("(");
        var distinct = cursor.Accept("DISTINCT");
        var star = cursor.AcceptSymbol("*");
        List<Expression> arguments = star || cursor.AtSymbol(")") ? [] : cursor.List(expressions.Parse);
        foreach (var clause in (ReadOnlySpan<string>)["IGNORE", "RESPECT", "ORDER", "LIMIT", "HAVING"])
        {
            if (cursor.At(clause))
            {
                throw cursor.NotSupported($"{clause} inside the call of {name}");
            }
        }

        cursor.ExpectSymbol(")");
        var over = cursor.Accept("OVER") ? ParseWindow() : null;
        return new CallExpression(position, name, arguments) { Distinct = distinct, Star = star, Over = over };
    }

    private WindowSpecification ParseWindow()
    {
        var position = cursor.Position;
        if (!cursor.AcceptSymbol("("))
        {
            throw cursor.NotSupported("named window");
        }

        var partition = cursor.Accept("PARTITION", "BY") ? cursor.List(expressions.Parse) : [];
        var order = cursor.Accept("ORDER", "BY") ? cursor.List(expressions.ParseOrderItem) : [];
        var frame = cursor.At("ROWS") || cursor.At("RANGE") ? ParseFrame() : null;
        cursor.ExpectSymbol(")");
        return new WindowSpecification(position, partition, order, frame);
    }

    private string ParseFrame()
    {
        var unit = cursor.Take().Text.ToUpperInvariant();
        if (!cursor.Accept("BETWEEN"))
        {
            return $"{unit} {ParseBound(unit, never: "UNBOUNDED FOLLOWING")}";
        }

        var start = ParseBound(unit, never: "UNBOUNDED FOLLOWING");
        cursor.Expect("AND");
        return $"{unit} BETWEEN {start} AND {ParseBound(unit, never: "UNBOUNDED PRECEDING")}";
    }

    private string ParseBound(string unit, string never)
    {
        var position = cursor.Position;
        var bound = ParseBound(unit);
        return bound == never ? throw new GoogleSqlException($"Window frame cannot have {never} here", position) : bound;
    }

    private string ParseBound(string unit)
    {
        if (cursor.Accept("CURRENT", "ROW"))
        {
            return "CURRENT ROW";
        }

        if (unit == "RANGE" && !cursor.At("UNBOUNDED"))
        {
            throw cursor.NotSupported("RANGE with an offset");
        }

        var offset = cursor.Accept("UNBOUNDED") ? "UNBOUNDED"
            : cursor.Current.Kind == TokenKind.Integer ? FormattableString.Invariant($"{Offset()}")
            : throw cursor.Unexpected("UNBOUNDED, CURRENT ROW or an integer");
        return cursor.Accept("PRECEDING") ? $"{offset} PRECEDING" : cursor.Accept("FOLLOWING") ? $"{offset} FOLLOWING" : throw cursor.Unexpected("keyword PRECEDING or FOLLOWING");
    }

    private uint Offset()
    {
        var position = cursor.Position;
        return uint.TryParse(cursor.Take().Text, out var rows) ? rows : throw new GoogleSqlException("Window frame offset out of range", position);
    }
}

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses calls of functions, those with a syntax of their own (CAST, EXTRACT) and window functions.</summary>
internal sealed class CallParser(TokenCursor cursor, ExpressionParser expressions)
{
    // The first words of names of functions that have two.
    private static readonly string[] Families = ["NET", "HLL_COUNT", "KEYS", "AEAD", "APPROX_TOP"];

    /// <summary>The call that is next, or null when none is.</summary>
    public Expression? TryParse()
    {
        var (position, name) = (cursor.Position, cursor.Current);
        if (name.Is("INTERVAL"))
        {
            return ParseInterval(position);
        }

        if (name.Is("SAFE") && cursor.Peek().IsSymbol(".") && (cursor.Peek(3).IsSymbol("(") || cursor.Peek(5).IsSymbol("(")))
        {
            cursor.Take();
            cursor.Take();
            return ParseCall(position) with { Safe = true };
        }

        if (cursor.Peek().IsSymbol(".") && cursor.Peek(3).IsSymbol("(") && Array.Exists(Families, name.Is))
        {
            return ParseCall(position);
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
        var type = new TypeParser(cursor).Parse();
        if (cursor.AtSymbol("(") || cursor.At("FORMAT"))
        {
            throw cursor.NotSupported(cursor.At("FORMAT") ? "CAST … FORMAT" : "parameterized type");
        }

        cursor.ExpectSymbol(")");
        return new CastExpression(position, value, type, safe);
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
        if (cursor.AcceptSymbol("."))
        {
            name += "." + cursor.Take().Text.ToUpperInvariant();
        }

        cursor.ExpectSymbol("(");
        var distinct = cursor.Accept("DISTINCT");
        var star = cursor.AcceptSymbol("*");
        List<Expression> arguments = star || cursor.AtSymbol(")") ? [] : cursor.List(ParseArgument);
        var call = ParseModifiers(new CallExpression(position, name, arguments) { Distinct = distinct, Star = star });
        cursor.ExpectSymbol(")");
        call = call.IgnoreNulls is null && (cursor.At("IGNORE", "NULLS") || cursor.At("RESPECT", "NULLS")) ? call with { IgnoreNulls = ParseNulls() } : call;
        return cursor.Accept("OVER") ? call with { Over = ParseWindow() } : call;
    }

    // A query may stand as the only argument without parentheses of its own: ARRAY(SELECT …) is parsed elsewhere, others not.
    private Expression ParseArgument() =>
        cursor.At("SELECT") ? throw cursor.NotSupported("a query as an argument without parentheses") : expressions.Parse();

    private CallExpression ParseModifiers(CallExpression call)
    {
        if (cursor.At("IGNORE") || cursor.At("RESPECT"))
        {
            call = call with { IgnoreNulls = ParseNulls() };
        }

        if (cursor.Accept("HAVING"))
        {
            var max = cursor.Accept("MAX");
            if (!max)
            {
                cursor.Expect("MIN");
            }

            call = call with { Having = (max, expressions.Parse()) };
        }

        call = cursor.Accept("ORDER", "BY") ? call with { OrderBy = cursor.List(expressions.ParseOrderItem) } : call;
        return cursor.Accept("LIMIT") ? call with { Limit = expressions.Parse() } : call;
    }

    private bool ParseNulls()
    {
        var ignore = cursor.Take().Is("IGNORE");
        cursor.Expect("NULLS");
        return ignore;
    }

    /// <summary>What stands after OVER, or after a name of the WINDOW clause.</summary>
    public WindowSpecification ParseWindow()
    {
        var position = cursor.Position;
        if (!cursor.AcceptSymbol("("))
        {
            return new WindowSpecification(position, [], [], null, cursor.ExpectName());
        }

        var name = TokenCursor.IsName(cursor.Current) && !cursor.At("PARTITION") ? cursor.Take().Text : null;
        var partition = cursor.Accept("PARTITION", "BY") ? cursor.List(expressions.Parse) : [];
        var order = cursor.Accept("ORDER", "BY") ? cursor.List(expressions.ParseOrderItem) : [];
        var frame = cursor.At("ROWS") || cursor.At("RANGE") ? ParseFrame() : null;
        cursor.ExpectSymbol(")");
        return new WindowSpecification(position, partition, order, frame, name);
    }

    private string ParseFrame()
    {
        var position = cursor.Position;
        var unit = cursor.Take().Text.ToUpperInvariant();
        if (!cursor.Accept("BETWEEN"))
        {
            return Checked($"{unit} BETWEEN {ParseBound(never: "UNBOUNDED FOLLOWING")} AND CURRENT ROW", position);
        }

        var start = ParseBound(never: "UNBOUNDED FOLLOWING");
        cursor.Expect("AND");
        return Checked($"{unit} BETWEEN {start} AND {ParseBound(never: "UNBOUNDED PRECEDING")}", position);
    }

    // A frame that ends before it starts.
    private static string Checked(string frame, SourcePosition position) =>
        (frame.Contains("BETWEEN CURRENT ROW", StringComparison.Ordinal) && frame.EndsWith("PRECEDING", StringComparison.Ordinal))
        || (frame.Contains("FOLLOWING AND", StringComparison.Ordinal) && !frame.EndsWith("FOLLOWING", StringComparison.Ordinal))
            ? throw new GoogleSqlException("Window frame ends before it starts", position)
            : frame;

    private string ParseBound(string never)
    {
        var position = cursor.Position;
        var bound = ParseBound();
        return bound == never ? throw new GoogleSqlException($"Window frame cannot have {never} here", position) : bound;
    }

    private string ParseBound()
    {
        if (cursor.Accept("CURRENT", "ROW"))
        {
            return "CURRENT ROW";
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

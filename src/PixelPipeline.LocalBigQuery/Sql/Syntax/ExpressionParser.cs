namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// Parses expressions by <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/operators">GoogleSQL's
/// precedence</see>, loosest first: OR, AND, NOT, comparison, + -, * / ||, unary.
/// </summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparisons = ["=", "<", ">", "<=", ">=", "!=", "<>"];
    private static readonly string[][] Bitwise = [["|"], ["^"], ["&"], ["<<", ">>"]];

    private readonly TokenCursor _cursor;
    private readonly PrimaryParser _primaries;
    private readonly Func<Query> _parseQuery;

    public ExpressionParser(TokenCursor cursor, Func<Query> parseQuery)
    {
        _cursor = cursor;
        _parseQuery = parseQuery;
        _primaries = new PrimaryParser(cursor, this, parseQuery);
    }

    public Expression Parse() => _cursor.Nested(() => Chain("OR", () => Chain("AND", ParseNot)));

    /// <summary>What stands after OVER, or after a name of the WINDOW clause.</summary>
    public WindowSpecification ParseWindow() => _primaries.ParseWindow();

    public OrderItem ParseOrderItem()
    {
        var expression = Parse();
        var descending = _cursor.Accept("DESC");
        if (!descending)
        {
            _cursor.Accept("ASC");
        }

        bool? nullsFirst = _cursor.Accept("NULLS", "FIRST") ? true : _cursor.Accept("NULLS", "LAST") ? false : null;
        return new OrderItem(expression, descending, nullsFirst);
    }

    /// <summary>An expression up to a comparison or IN.</summary>
    public Expression ParseOperand() => ParseSum();

    private Expression Chain(string keyword, Func<Expression> parseOperand)
    {
        var first = parseOperand();
        if (!_cursor.At(keyword))
        {
            return first;
        }

        var position = _cursor.Position;
        List<Expression> operands = [first];
        while (_cursor.Accept(keyword))
        {
            operands.Add(parseOperand());
        }

        return new ChainExpression(position, keyword, operands);
    }

    private Expression ParseNot()
    {
        var position = _cursor.Position;
        return _cursor.Accept("NOT")
            ? _cursor.Nested(() => new OperatorExpression(position, "NOT", [ParseNot()]))
            : ParseComparison();
    }

    private Expression ParseComparison()
    {
        var left = ParseSum();
        var position = _cursor.Position;
        if (Array.Find(Comparisons, _cursor.AtSymbol) is { } symbol)
        {
            _cursor.Take();
            left = new OperatorExpression(position, symbol == "<>" ? "!=" : symbol, [left, ParseSum()]);
        }
        else if (_cursor.Accept("IS"))
        {
            left = ParseIs(left, position);
        }
        else if (_cursor.At("LIKE") || _cursor.At("IN") || _cursor.At("BETWEEN"))
        {
            left = ParsePredicate(left, position);
        }
        else if (_cursor.At("NOT") && (_cursor.Peek().Is("LIKE") || _cursor.Peek().Is("IN") || _cursor.Peek().Is("BETWEEN")))
        {
            _cursor.Take();
            left = new OperatorExpression(position, "NOT", [ParsePredicate(left, position)]);
        }

        return Array.Exists(Comparisons, _cursor.AtSymbol) || _cursor.At("IS") || _cursor.At("LIKE") || _cursor.At("IN") || _cursor.At("BETWEEN")
            ? throw _cursor.Unexpected()
            : left;
    }

    private Expression ParseIs(Expression value, SourcePosition position)
    {
        var not = _cursor.Accept("NOT");
        if (!_cursor.At("NULL") && !_cursor.At("TRUE") && !_cursor.At("FALSE"))
        {
            if (!_cursor.Accept("DISTINCT", "FROM"))
            {
                throw _cursor.Unexpected("keyword NULL, TRUE or FALSE");
            }

            var same = new IsDistinctExpression(position, value, ParseSum());
            return not ? same : new OperatorExpression(position, "NOT", [same]);
        }

        var test = new IsExpression(position, value, _cursor.Take().Text.ToUpperInvariant());
        return not ? new OperatorExpression(position, "NOT", [test]) : test;
    }

    private Expression ParsePredicate(Expression value, SourcePosition position)
    {
        if (_cursor.Accept("LIKE"))
        {
            return _cursor.At("ANY") || _cursor.At("SOME") || _cursor.At("ALL")
                ? ParseLikeOfMany(value, position)
                : new OperatorExpression(position, "LIKE", [value, ParseSum()]);
        }

        if (_cursor.Accept("BETWEEN"))
        {
            var low = ParseSum();
            _cursor.Expect("AND");
            return new BetweenExpression(position, value, low, ParseSum());
        }

        _cursor.Expect("IN");
        return ParseIn(value, position);
    }

    private ChainExpression ParseLikeOfMany(Expression value, SourcePosition position)
    {
        var all = _cursor.Take().Is("ALL");
        if (_cursor.At("UNNEST"))
        {
            throw _cursor.NotSupported("LIKE with UNNEST");
        }

        _cursor.ExpectSymbol("(");
        var patterns = _cursor.List(Parse);
        _cursor.ExpectSymbol(")");
        return new ChainExpression(position, all ? "AND" : "OR", [.. patterns.Select(p => new OperatorExpression(position, "LIKE", [value, p]))]);
    }

    private Expression ParseIn(Expression value, SourcePosition position)
    {
        if (_cursor.Accept("UNNEST"))
        {
            _cursor.ExpectSymbol("(");
            var array = Parse();
            _cursor.ExpectSymbol(")");
            return new InUnnestExpression(position, value, array);
        }

        _cursor.ExpectSymbol("(");
        Expression test = _cursor.At("SELECT") || _cursor.At("WITH")
            ? new InQueryExpression(position, value, _parseQuery())
            : new InListExpression(position, value, _cursor.List(Parse));
        _cursor.ExpectSymbol(")");
        return test;
    }

    // | binds least, then ^, &, and the shifts.
    private Expression ParseSum() => ParseBitwise(0);

    private Expression ParseBitwise(int level)
    {
        if (level == Bitwise.Length)
        {
            return ParseAddition();
        }

        var left = ParseBitwise(level + 1);
        while (Array.Find(Bitwise[level], _cursor.AtSymbol) is { } symbol)
        {
            var position = _cursor.Position;
            _cursor.Take();
            left = new OperatorExpression(position, symbol, [left, ParseBitwise(level + 1)]);
        }

        return left;
    }

    private Expression ParseAddition()
    {
        var left = ParseProduct();
        while (_cursor.AtSymbol("+") || _cursor.AtSymbol("-"))
        {
            var symbol = _cursor.Take();
            left = new OperatorExpression(symbol.Position, symbol.Text, [left, ParseProduct()]);
        }

        return left;
    }

    private Expression ParseProduct()
    {
        var left = ParseUnary();
        while (_cursor.AtSymbol("*") || _cursor.AtSymbol("/") || _cursor.AtSymbol("||"))
        {
            var symbol = _cursor.Take();
            var right = ParseUnary();
            left = symbol.Text != "||"
                ? new OperatorExpression(symbol.Position, symbol.Text, [left, right])
                : left is ChainExpression { Operator: "||" } chain
                    ? chain with { Operands = [.. chain.Operands, right] }
                    : new ChainExpression(symbol.Position, "||", [left, right]);
        }

        return left;
    }

    private Expression ParseUnary()
    {
        var position = _cursor.Position;
        if (_cursor.AcceptSymbol("~"))
        {
            return _cursor.Nested(() => new OperatorExpression(position, "~", [ParseUnary()]));
        }

        if (_cursor.AcceptSymbol("-"))
        {
            return _cursor.Current.Kind == TokenKind.Integer
                ? _primaries.ParseInteger("-", position)
                : _cursor.Nested(() => new OperatorExpression(position, "-", [ParseUnary()]));
        }

        return _cursor.AcceptSymbol("+") ? _cursor.Nested(ParseUnary) : _primaries.Parse();
    }
}

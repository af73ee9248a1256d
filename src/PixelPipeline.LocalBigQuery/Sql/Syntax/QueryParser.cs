namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// Parses the <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax">query syntax</see>:
/// one SELECT statement and nothing else.
/// </summary>
internal sealed class QueryParser
{
    private readonly TokenCursor _cursor;
    private readonly ExpressionParser _expressions;
    private readonly SelectParser _selects;

    private QueryParser(string sql)
    {
        _cursor = new TokenCursor(sql);
        _expressions = new ExpressionParser(_cursor, ParseQuery);
        _selects = new SelectParser(_cursor, _expressions, new FromParser(_cursor, _expressions, ParseQuery));
    }

    /// <summary>The statement's tree.</summary>
    /// <exception cref="GoogleSqlException">It is no supported statement.</exception>
    public static Query Parse(string sql)
    {
        var parser = new QueryParser(sql);
        return parser.ParseStatement();
    }

    private Query ParseStatement()
    {
        if (_cursor.Current.Kind == TokenKind.Identifier && !_cursor.At("SELECT") && !_cursor.At("WITH") && !_cursor.At("FROM"))
        {
            throw StatementNotSupported();
        }

        var query = ParseQuery();
        _cursor.AcceptSymbol(";");
        return _cursor.Current.Kind == TokenKind.End ? query : throw _cursor.Unexpected("end of input");
    }

    private GoogleSqlException StatementNotSupported() => _cursor.Peek().Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier
        ? _cursor.NotSupported($"statement {_cursor.Current.Text.ToUpperInvariant()}; only SELECT is")
        : _cursor.Unexpected();

    private Query ParseQuery() => _cursor.Nested(() =>
    {
        var position = _cursor.Position;
        var with = ParseWith();
        var body = ParseUnion();
        var order = _cursor.Accept("ORDER", "BY") ? _cursor.List(_expressions.ParseOrderItem) : [];
        var limit = _cursor.Accept("LIMIT") ? _expressions.Parse() : null;
        var offset = limit is not null && _cursor.Accept("OFFSET") ? _expressions.Parse() : null;
        return new Query(position, with, body, order, limit, offset);
    });

    private List<CommonTable> ParseWith()
    {
        if (!_cursor.Accept("WITH"))
        {
            return [];
        }

        return _cursor.At("RECURSIVE") ? throw _cursor.NotSupported("WITH RECURSIVE") : _cursor.List(ParseCommonTable);
    }

    private CommonTable ParseCommonTable()
    {
        var position = _cursor.Position;
        var name = _cursor.ExpectName();
        _cursor.Expect("AS");
        _cursor.ExpectSymbol("(");
        var query = ParseQuery();
        _cursor.ExpectSymbol(")");
        return new CommonTable(position, name, query);
    }

    private QueryBody ParseUnion()
    {
        var first = ParseArm();
        List<QueryBody> arms = [first];
        bool? distinct = null;
        while (AtSetOperator())
        {
            var here = TakeUnion();
            if (distinct is { } before && before != here)
            {
                throw _cursor.NotSupported("different set operations without parentheses");
            }

            distinct = here;
            arms.Add(ParseArm());
        }

        return distinct is { } all ? new UnionBody(first.Position, arms, all) : first;
    }

    private bool AtSetOperator() => _cursor.At("UNION") || _cursor.At("INTERSECT") || _cursor.At("EXCEPT") ? true : _cursor.AtSymbol("|>") ? throw _cursor.NotSupported("pipe syntax") : false;

    private bool TakeUnion()
    {
        if (!_cursor.Accept("UNION"))
        {
            throw _cursor.NotSupported(_cursor.Current.Text.ToUpperInvariant());
        }

        return _cursor.Accept("DISTINCT") ? true : _cursor.Accept("ALL") ? false : throw _cursor.Unexpected("keyword ALL or keyword DISTINCT");
    }

    private QueryBody ParseArm()
    {
        if (_cursor.AcceptSymbol("("))
        {
            var query = ParseQuery();
            _cursor.ExpectSymbol(")");
            return query;
        }

        return _cursor.At("SELECT") ? _selects.Parse() : throw (_cursor.At("FROM") ? _cursor.NotSupported("pipe syntax (a query that begins with FROM)") : _cursor.Unexpected());
    }
}

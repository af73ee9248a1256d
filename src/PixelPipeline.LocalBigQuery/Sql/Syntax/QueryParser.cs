namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// Parses the <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax">query syntax</see>.
/// </summary>
internal sealed class QueryParser
{
    private readonly TokenCursor _cursor;
    private readonly ExpressionParser _expressions;
    private readonly SelectParser _selects;

    public QueryParser(TokenCursor cursor)
    {
        _cursor = cursor;
        _expressions = new ExpressionParser(_cursor, ParseQuery);
        From = new FromParser(_cursor, _expressions, ParseQuery);
        _selects = new SelectParser(_cursor, _expressions, From);
    }

    /// <summary>Parses the expressions inside queries, and beside them in a script.</summary>
    public ExpressionParser Expressions => _expressions;

    /// <summary>Parses what stands after FROM, and the tables that other statements name.</summary>
    public FromParser From { get; }

    /// <summary>The tree of one query and nothing else.</summary>
    /// <exception cref="GoogleSqlException">It is no query.</exception>
    public static Query Parse(string sql) => ScriptParser.Parse(sql) is [QueryStatement query]
        ? query.Query
        : throw new GoogleSqlException("Syntax error: Expected one query");

    /// <summary>The query that is next.</summary>
    public Query Parse() => ParseQuery();

    private Query ParseQuery() => _cursor.Nested(() =>
    {
        var position = _cursor.Position;
        var recursive = _cursor.At("WITH", "RECURSIVE");
        var with = ParseWith();
        var body = ParseUnion();
        var order = _cursor.Accept("ORDER", "BY") ? _cursor.List(_expressions.ParseOrderItem) : [];
        var limit = _cursor.Accept("LIMIT") ? _expressions.Parse() : null;
        var offset = limit is not null && _cursor.Accept("OFFSET") ? _expressions.Parse() : null;
        return new Query(position, with, body, order, limit, offset) { IsRecursive = recursive };
    });

    private List<CommonTable> ParseWith()
    {
        if (!_cursor.Accept("WITH"))
        {
            return [];
        }

        _cursor.Accept("RECURSIVE");
        return _cursor.List(ParseCommonTable);
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
        SetOperator? operation = null;
        while (AtSetOperator())
        {
            var position = _cursor.Position;
            var here = TakeSetOperator();
            if (operation is { } before && before != here)
            {
                throw new GoogleSqlException("Syntax error: Different set operations cannot be used in the same query without using parentheses for grouping", position);
            }

            if (here == SetOperator.ExceptDistinct && arms.Count > 1)
            {
                throw new GoogleSqlException("Syntax error: EXCEPT must be used with parentheses for more than two queries", position);
            }

            operation = here;
            arms.Add(ParseArm());
        }

        return operation is { } all ? new SetBody(first.Position, arms, all) : first;
    }

    private bool AtSetOperator() => _cursor.At("UNION") || _cursor.At("INTERSECT") || _cursor.At("EXCEPT") ? true : _cursor.AtSymbol("|>") ? throw _cursor.NotSupported("pipe syntax") : false;

    private SetOperator TakeSetOperator()
    {
        var word = _cursor.Take();
        if (word.Is("UNION") && _cursor.Accept("ALL"))
        {
            return SetOperator.UnionAll;
        }

        if (!_cursor.Accept("DISTINCT"))
        {
            throw _cursor.At("ALL") ? _cursor.NotSupported($"{word.Text.ToUpperInvariant()} ALL") : _cursor.Unexpected("keyword ALL or keyword DISTINCT");
        }

        return word.Is("UNION") ? SetOperator.UnionDistinct : word.Is("INTERSECT") ? SetOperator.IntersectDistinct : SetOperator.ExceptDistinct;
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

using PixelPipeline.LocalBigQuery.Sql.Types;

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

    /// <summary>The query's tree with the functions and variables before it.</summary>
    /// <exception cref="GoogleSqlException">It is no supported statement.</exception>
    public static Script ParseScript(string sql)
    {
        var parser = new QueryParser(sql);
        var functions = new Dictionary<string, SqlFunction>(StringComparer.OrdinalIgnoreCase);
        List<Variable> variables = [];
        while (true)
        {
            if (parser._cursor.At("CREATE", "TEMP", "FUNCTION") || parser._cursor.At("CREATE", "TEMPORARY", "FUNCTION"))
            {
                var function = parser.ParseFunction();
                functions[function.Name] = function;
            }
            else if (parser._cursor.At("DECLARE") || (parser._cursor.At("SET") && variables.Count > 0))
            {
                variables.Add(parser.ParseVariable(variables));
            }
            else
            {
                return new Script(functions, variables, parser.ParseStatement());
            }

            parser._cursor.ExpectSymbol(";");
        }
    }

    private SqlFunction ParseFunction()
    {
        _cursor.Take();
        _cursor.Take();
        _cursor.Take();
        var name = _cursor.ExpectName().ToUpperInvariant();
        _cursor.ExpectSymbol("(");
        List<(string, DataType?)> parameters = _cursor.AtSymbol(")") ? [] : _cursor.List(() => (_cursor.ExpectName(), _cursor.Accept("ANY", "TYPE") ? null : new TypeParser(_cursor).Parse()));
        _cursor.ExpectSymbol(")");
        var result = _cursor.Accept("RETURNS") ? new TypeParser(_cursor).Parse() : null;
        if (_cursor.At("LANGUAGE"))
        {
            throw _cursor.NotSupported("functions in other languages");
        }

        _cursor.Expect("AS");
        _cursor.ExpectSymbol("(");
        var body = _expressions.Parse();
        _cursor.ExpectSymbol(")");
        return new SqlFunction(name, parameters, result, body);
    }

    private Variable ParseVariable(List<Variable> before)
    {
        var position = _cursor.Position;
        if (_cursor.Accept("SET"))
        {
            var name = _cursor.ExpectName();
            _cursor.ExpectSymbol("=");
            var declared = before.Find(v => v.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? throw new GoogleSqlException($"Undeclared variable: {name}", position);
            return new Variable(position, [name], declared.Type, _expressions.Parse());
        }

        _cursor.Take();
        var names = _cursor.List(_cursor.ExpectName);
        var type = _cursor.At("DEFAULT") ? null : new TypeParser(_cursor).Parse();
        return new Variable(position, names, type, _cursor.Accept("DEFAULT") ? _expressions.Parse() : null);
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

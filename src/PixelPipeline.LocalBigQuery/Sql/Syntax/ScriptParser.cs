using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// Parses scripts: statements, each with a semicolon behind it
/// (<see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language">procedural language</see>).
/// </summary>
internal sealed class ScriptParser
{
    // Statements that GoogleSQL has and this engine does not, so that they are told from what is no statement at all.
    private static readonly string[] Unsupported =
    [
        "ALTER", "ASSERT", "BREAK", "CALL", "COMMIT", "CONTINUE", "EXECUTE", "EXPORT", "FOR", "GRANT", "ITERATE", "LEAVE", "LOAD", "LOOP",
        "RAISE", "REPEAT", "RETURN", "REVOKE", "ROLLBACK", "UNDROP", "WHILE",
    ];

    private readonly TokenCursor _cursor;
    private readonly QueryParser _queries;
    private readonly ChangeParser _changes;
    private readonly DefinitionParser _definitions;

    private ScriptParser(string sql)
    {
        _cursor = new TokenCursor(sql);
        _queries = new QueryParser(_cursor);
        _changes = new ChangeParser(_cursor, _queries);
        _definitions = new DefinitionParser(_cursor, _queries);
    }

    /// <summary>The statements, one at least.</summary>
    /// <exception cref="GoogleSqlException">It is no script, or has what is not supported.</exception>
    public static IReadOnlyList<Statement> Parse(string sql)
    {
        var parser = new ScriptParser(sql);
        List<Statement> statements = [parser.ParseStatement()];
        while (parser._cursor.AcceptSymbol(";") && parser._cursor.Current.Kind != TokenKind.End)
        {
            statements.Add(parser.ParseStatement());
        }

        return parser._cursor.Current.Kind == TokenKind.End ? statements : throw parser._cursor.Unexpected("end of input");
    }

    private Statement ParseStatement() => _cursor.Nested(() =>
    {
        var start = _cursor.Current.Start;
        var statement = ParseAny();
        return statement with { Text = _cursor.TextFrom(start) };
    });

    private Statement ParseAny()
    {
        var (position, word) = (_cursor.Position, _cursor.Current.Kind == TokenKind.Identifier ? _cursor.Current.Text.ToUpperInvariant() : "");
        switch (word)
        {
            case "DECLARE":
                return ParseDeclare();
            case "SET":
                return ParseSet();
            case "BEGIN":
                return ParseBlock();
            case "IF":
                return ParseIf();
            case "CREATE" when _cursor.At("CREATE", "TEMP", "FUNCTION") || _cursor.At("CREATE", "TEMPORARY", "FUNCTION"):
                return new FunctionStatement(position, ParseFunction());
            case "CREATE" or "DROP":
                return _definitions.Parse();
            case "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "TRUNCATE":
                return _changes.Parse();
            case "SELECT" or "WITH" or "FROM" or "":
                return new QueryStatement(position, _queries.Parse());
            default:
                throw Array.IndexOf(Unsupported, word) >= 0 ? _cursor.NotSupported($"statement {word}") : _cursor.Unexpected();
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
        var body = _queries.Expressions.Parse();
        _cursor.ExpectSymbol(")");
        return new SqlFunction(name, parameters, result, body);
    }

    private DeclareStatement ParseDeclare()
    {
        var position = _cursor.Position;
        _cursor.Take();
        var names = _cursor.List(_cursor.ExpectName);
        var type = _cursor.At("DEFAULT") ? null : new TypeParser(_cursor).Parse();
        return new DeclareStatement(position, names, type, _cursor.Accept("DEFAULT") ? _queries.Expressions.Parse() : null);
    }

    private SetStatement ParseSet()
    {
        var position = _cursor.Position;
        _cursor.Take();
        if (_cursor.AtSymbol("(") || _cursor.Current.Text.StartsWith('@'))
        {
            throw _cursor.NotSupported("SET of several or of system variables");
        }

        var name = _cursor.ExpectName();
        _cursor.ExpectSymbol("=");
        return new SetStatement(position, name, _queries.Expressions.Parse());
    }

    private BlockStatement ParseBlock()
    {
        var position = _cursor.Position;
        _cursor.Take();
        if (_cursor.At("TRANSACTION") || _cursor.AtSymbol(";") || _cursor.Current.Kind == TokenKind.End)
        {
            throw new GoogleSqlException("Not supported: transactions of several statements", position);
        }

        var body = ParseBody("END", "EXCEPTION");
        if (_cursor.At("EXCEPTION"))
        {
            throw _cursor.NotSupported("EXCEPTION");
        }

        _cursor.Expect("END");
        return new BlockStatement(position, body);
    }

    private IfStatement ParseIf()
    {
        var position = _cursor.Position;
        List<(Expression?, IReadOnlyList<Statement>)> branches = [];
        do
        {
            _cursor.Take();
            var condition = _queries.Expressions.Parse();
            _cursor.Expect("THEN");
            branches.Add((condition, ParseBody("ELSEIF", "ELSE", "END")));
        }
        while (_cursor.At("ELSEIF"));
        if (_cursor.Accept("ELSE"))
        {
            branches.Add((null, ParseBody("END")));
        }

        _cursor.Expect("END");
        _cursor.Expect("IF");
        return new IfStatement(position, branches);
    }

    // Statements with a semicolon behind each, up to one of these words.
    private List<Statement> ParseBody(params string[] ends)
    {
        List<Statement> body = [];
        while (!Array.Exists(ends, end => _cursor.At(end)))
        {
            body.Add(ParseStatement());
            _cursor.ExpectSymbol(";");
        }

        return body;
    }
}

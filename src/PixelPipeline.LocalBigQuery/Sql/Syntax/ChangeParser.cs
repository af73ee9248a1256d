namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax">INSERT, UPDATE, DELETE, MERGE</see> and TRUNCATE TABLE.</summary>
internal sealed class ChangeParser(TokenCursor cursor, QueryParser queries)
{
    public ChangeStatement Parse()
    {
        var position = cursor.Position;
        var word = cursor.Take();
        return word.Is("INSERT") ? ParseInsert(position)
            : word.Is("UPDATE") ? ParseUpdate(position)
            : word.Is("DELETE") ? ParseDelete(position)
            : word.Is("MERGE") ? ParseMerge(position)
            : ParseTruncate(position);
    }

    private InsertStatement ParseInsert(SourcePosition position)
    {
        cursor.Accept("INTO");
        var table = queries.From.ParseTable(withAlias: false);
        var columns = IsColumnListNext() ? ParseColumns() : null;
        var insert = new InsertStatement(position, table, columns, null, []);
        return cursor.Accept("VALUES")
            ? insert with { Rows = cursor.List(ParseValues) }
            : insert with { Query = queries.Parse() };
    }

    // (a, b) before VALUES or a query, and not the parentheses of a query.
    private bool IsColumnListNext() => cursor.AtSymbol("(") && TokenCursor.IsName(cursor.Peek()) && (cursor.Peek(2).IsSymbol(",") || cursor.Peek(2).IsSymbol(")"));

    private List<string> ParseColumns()
    {
        cursor.ExpectSymbol("(");
        var columns = cursor.List(cursor.ExpectName);
        cursor.ExpectSymbol(")");
        return columns;
    }

    private List<Expression?> ParseValues()
    {
        cursor.ExpectSymbol("(");
        var values = cursor.List(ParseValue);
        cursor.ExpectSymbol(")");
        return values;
    }

    private Expression? ParseValue() => cursor.Accept("DEFAULT") ? null : queries.Expressions.Parse();

    private UpdateStatement ParseUpdate(SourcePosition position)
    {
        var table = queries.From.ParseTable(withAlias: true);
        cursor.Expect("SET");
        var set = cursor.List(() => ParseAssignment(table));
        var from = cursor.Accept("FROM") ? queries.From.Parse() : null;
        return new UpdateStatement(position, table, set, from, ParseWhere("UPDATE", position));
    }

    private Assignment ParseAssignment(TableItem table)
    {
        var position = cursor.Position;
        var name = cursor.ExpectName();
        if (cursor.AcceptSymbol("."))
        {
            name = name.Equals(table.Alias ?? table.Path[^1], StringComparison.OrdinalIgnoreCase) ? cursor.ExpectName() : throw cursor.NotSupported("SET of a part of a column");
        }

        cursor.ExpectSymbol("=");
        return new Assignment(position, name, ParseValue());
    }

    private DeleteStatement ParseDelete(SourcePosition position)
    {
        cursor.Accept("FROM");
        return new DeleteStatement(position, queries.From.ParseTable(withAlias: true), ParseWhere("DELETE", position));
    }

    // BigQuery wants a WHERE of each, so that nobody forgets it.
    private Expression ParseWhere(string statement, SourcePosition position) => cursor.Accept("WHERE")
        ? queries.Expressions.Parse()
        : cursor.AtSymbol(";") || cursor.Current.Kind == TokenKind.End
            ? throw new GoogleSqlException($"{statement} must have a WHERE clause", position)
            : throw cursor.Unexpected("keyword WHERE");

    private TruncateStatement ParseTruncate(SourcePosition position)
    {
        cursor.Expect("TABLE");
        return new TruncateStatement(position, queries.From.ParseTable(withAlias: false));
    }

    private MergeStatement ParseMerge(SourcePosition position)
    {
        cursor.Accept("INTO");
        var table = queries.From.ParseTable(withAlias: true);
        cursor.Expect("USING");
        var source = queries.From.ParseOne();
        cursor.Expect("ON");
        var on = queries.Expressions.Parse();
        List<MergeClause> clauses = [];
        do
        {
            clauses.Add(ParseClause(table));
        }
        while (cursor.At("WHEN"));
        return new MergeStatement(position, table, source, on, clauses);
    }

    private MergeClause ParseClause(TableItem table)
    {
        var position = cursor.Position;
        cursor.Expect("WHEN");
        var isNot = cursor.Accept("NOT");
        cursor.Expect("MATCHED");
        var match = !isNot ? MergeMatch.Matched : cursor.Accept("BY", "SOURCE") ? MergeMatch.NotMatchedBySource : MergeMatch.NotMatchedByTarget;
        _ = match == MergeMatch.NotMatchedByTarget && cursor.Accept("BY", "TARGET");
        var clause = new MergeClause(position, match, cursor.Accept("AND") ? queries.Expressions.Parse() : null);
        cursor.Expect("THEN");
        if (match == MergeMatch.NotMatchedByTarget)
        {
            cursor.Expect("INSERT");
            var columns = cursor.AtSymbol("(") ? ParseColumns() : null;
            var isRow = cursor.Accept("ROW");
            if (!isRow)
            {
                cursor.Expect("VALUES");
            }

            return clause with { IsInsert = true, Columns = columns, Values = isRow ? null : ParseValues() };
        }

        if (cursor.Accept("DELETE"))
        {
            return clause;
        }

        cursor.Expect("UPDATE");
        cursor.Expect("SET");
        return clause with { Set = cursor.List(() => ParseAssignment(table)) };
    }
}

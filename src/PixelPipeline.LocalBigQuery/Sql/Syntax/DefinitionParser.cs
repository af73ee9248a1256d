namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language">CREATE and DROP</see> of tables and views.</summary>
internal sealed class DefinitionParser(TokenCursor cursor, QueryParser queries)
{
    public DefinitionStatement Parse()
    {
        var position = cursor.Position;
        var isDrop = cursor.Take().Is("DROP");
        var replaces = !isDrop && cursor.Accept("OR", "REPLACE");
        var isView = cursor.Accept("VIEW");
        if (!isView && !cursor.Accept("TABLE"))
        {
            throw new GoogleSqlException($"Not supported: statement {(isDrop ? "DROP" : "CREATE")} {cursor.Current.Text.ToUpperInvariant()}", position);
        }

        var isOptional = isDrop ? cursor.Accept("IF", "EXISTS") : cursor.Accept("IF", "NOT", "EXISTS");
        var path = queries.From.ParseTable(withAlias: false).Path;
        return isDrop
            ? new DropStatement(position, path, isView, isOptional)
            : ParseCreate(new CreateStatement(position, path, isView) { Replaces = replaces, IsOptional = isOptional });
    }

    private CreateStatement ParseCreate(CreateStatement create)
    {
        if (cursor.At("LIKE") || cursor.At("COPY") || cursor.At("CLONE"))
        {
            throw cursor.NotSupported($"CREATE TABLE … {cursor.Current.Text.ToUpperInvariant()}");
        }

        if (cursor.AcceptSymbol("("))
        {
            create = create with { Columns = ParseColumns(create.IsView) };
        }

        if (cursor.Accept("PARTITION", "BY"))
        {
            create = create with { PartitionBy = queries.Expressions.Parse() };
        }

        if (cursor.Accept("CLUSTER", "BY"))
        {
            create = create with { ClusterBy = cursor.List(cursor.ExpectName) };
        }

        if (cursor.Accept("OPTIONS"))
        {
            create = create with { Options = ParseOptions() };
        }

        if (!cursor.Accept("AS"))
        {
            return create.IsView || create.Columns.Count == 0 ? throw cursor.Unexpected("keyword AS") : create;
        }

        var start = cursor.Current.Start;
        var query = queries.Parse();
        return create with { Query = query, QueryText = cursor.TextFrom(start) };
    }

    private List<ColumnDefinition> ParseColumns(bool isView)
    {
        if (isView)
        {
            throw cursor.NotSupported("columns of a view: name them in its query");
        }

        var columns = cursor.List(ParseColumn);
        cursor.ExpectSymbol(")");
        return columns;
    }

    private ColumnDefinition ParseColumn()
    {
        var position = cursor.Position;
        if (cursor.At("PRIMARY", "KEY") || cursor.At("FOREIGN", "KEY") || cursor.At("CONSTRAINT"))
        {
            throw cursor.NotSupported("constraints");
        }

        var name = cursor.ExpectName();
        var type = new TypeParser(cursor).Parse();
        if (cursor.At("DEFAULT") || cursor.At("COLLATE") || cursor.AtSymbol("(") || cursor.At("PRIMARY") || cursor.At("REFERENCES"))
        {
            throw cursor.NotSupported($"{(cursor.AtSymbol("(") ? "types with a length" : cursor.Current.Text.ToUpperInvariant())} of a column");
        }

        var isRequired = cursor.Accept("NOT", "NULL");
        var description = cursor.Accept("OPTIONS")
            ? ParseOptions().Find(option => option.Name.Equals("description", StringComparison.OrdinalIgnoreCase)).Value is LiteralExpression { Value: string text } ? text : null
            : null;
        return new ColumnDefinition(position, name, type, isRequired, description);
    }

    private List<(string Name, Expression Value)> ParseOptions()
    {
        cursor.ExpectSymbol("(");
        List<(string, Expression)> options = cursor.AtSymbol(")") ? [] : cursor.List(() =>
        {
            var name = cursor.ExpectName();
            cursor.ExpectSymbol("=");
            return (name, queries.Expressions.Parse());
        });
        cursor.ExpectSymbol(")");
        return options;
    }
}

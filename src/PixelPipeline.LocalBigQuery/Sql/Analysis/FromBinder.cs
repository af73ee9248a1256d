using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Makes what stands after FROM: tables, views, wildcards, common tables, queries, arrays and joins.</summary>
internal sealed class FromBinder(StatementContext statement, QueryBinder queries)
{
    /// <summary>The clause; its tables are added to the scope.</summary>
    public FromClause Bind(FromItem item, Scope scope) => item switch
    {
        JoinItem join => BindJoin(join, scope),
        QueryItem query => Add(scope, queries.Bind(query.Query, scope.Sibling()), query.Alias, query.Position),
        UnnestItem unnest => BindUnnest(unnest, scope),
        PivotItem pivot => Add(scope, new PivotBinder(queries, this).Bind(pivot, scope.Sibling()), pivot.Alias, pivot.Position),
        SampleItem sample => BindSample(sample, scope),
        _ => BindTable((TableItem)item, scope),
    };

    private static FromRelation Add(Scope scope, Relation relation, string? alias, SourcePosition position)
    {
        var use = scope.Arena.Use(relation);
        scope.Add(alias, use, position);
        return new FromRelation(use);
    }

    private FromRelation BindTable(TableItem item, Scope scope)
    {
        if (item.Path is [var name] && scope.CommonTables.TryGetValue(name, out var common))
        {
            return Add(scope, common, item.Alias ?? name, item.Position);
        }

        if (item.Path.Count > 1 && scope.SourceCount > 0 && scope.HasSource(item.Path[0]))
        {
            return BindUnnest(new UnnestItem(item.Position, new NameExpression(item.Position, item.Path), item.Alias ?? item.Path[^1], null), scope); // t.array
        }

        if (Information.TryBind(item, statement, scope.Arena) is { } information)
        {
            return Add(scope, information, item.Alias ?? item.Path[^1], item.Position);
        }

        var path = TablePath.Require(item.Path, statement.Project, statement.DefaultDataset, item.Position);
        statement.Referenced.Add(path);
        var relation = path.IsWildcard ? BindStored(path, statement.Catalog.Newest(path, item.Position), item, scope)
            : path.Table.Contains('*', StringComparison.Ordinal) ? throw new GoogleSqlException($"Invalid table name: `{path.Table}`", item.Position)
            : BindNamed(path, item, scope);
        return Add(scope, relation, item.Alias ?? path.Table, item.Position);
    }

    private Relation BindNamed(TablePath path, TableItem item, Scope scope)
    {
        var table = statement.Catalog.Find(path, item.Position);
        return table.Kind switch
        {
            "TABLE" => BindStored(path, table, item, scope),
            "VIEW" when table.ViewQuery is { } query => BindView(path, query, item, scope),
            _ => throw new GoogleSqlException($"Not supported: reading the table {path} of type {table.Kind}", item.Position),
        };
    }

    private TableRelation BindStored(TablePath path, QueriedTable table, TableItem item, Scope scope) =>
        scope.Arena.Add(new TableRelation(statement.Catalog, path, table, item.Position, item.WithRowNumber));

    private Relation BindView(TablePath path, string sql, TableItem item, Scope scope)
    {
        if (statement.ViewDepth >= StatementContext.MaxViewDepth)
        {
            throw new GoogleSqlException($"Too many nested views/persistent user-defined functions or possible circular reference: {path}", item.Position);
        }

        statement.ViewDepth++;
        try
        {
            // A view sees nothing of the query that reads it.
            return queries.Bind(QueryParser.Parse(sql), new Scope(scope.Arena, null, new Dictionary<string, Relation>()));
        }
        catch (GoogleSqlException e) when (!e.Message.StartsWith("Error in view", StringComparison.Ordinal) && e.Failure == QueryFailure.InvalidQuery)
        {
            throw new GoogleSqlException($"Error in view {path}: {e.Message}; view read", item.Position);
        }
        finally
        {
            statement.ViewDepth--;
        }
    }

    private FromRelation BindUnnest(UnnestItem unnest, Scope scope)
    {
        var array = queries.Expressions(scope, Clause.From).Bind(unnest.Array);
        if (!array.Type.IsArray)
        {
            throw new GoogleSqlException($"Values referenced in UNNEST must be arrays. UNNEST contains expression of type {array.Type.Name()}", unnest.Array.Position);
        }

        var relation = scope.Arena.Add(new UnnestRelation(array, unnest.Alias, unnest.Offset));
        return Add(scope, relation, unnest.Alias, unnest.Position);
    }

    private FromRelation BindSample(SampleItem sample, Scope scope)
    {
        var inner = scope.Sibling();
        var from = (FromRelation)Bind(sample.Of, inner);
        var relation = scope.Arena.Add(new SampleRelation(from.Use, sample.Percent));
        return Add(scope, relation, sample.Of is TableItem table ? table.Alias ?? table.Path[^1] : null, sample.Position);
    }

    private FromJoin BindJoin(JoinItem join, Scope scope)
    {
        var first = scope.SourceCount;
        var left = Bind(join.Left, scope);
        var between = scope.SourceCount;
        var right = Bind(join.Right, scope);
        var on = join.On is not null ? queries.Expressions(scope, new Clause("JOIN ON clause")).Condition(join.On, "JOIN ON clause")
            : join.Using.Count > 0 ? BindUsing(join, scope, between)
            : null;
        if (join.Kind is JoinKind.Left or JoinKind.Full)
        {
            scope.MakeOptional(between, scope.SourceCount - between);
        }

        if (join.Kind is JoinKind.Right or JoinKind.Full)
        {
            scope.MakeOptional(first, between - first);
        }

        return new FromJoin(left, right, join.Kind, on);
    }

    private static Bound BindUsing(JoinItem join, Scope scope, int leftSources)
    {
        var equals = join.Using.Select(name => scope.Merge(name, leftSources, join.Kind, join.Position))
            .Select(pair => Comparisons.Compare("=", pair.Left, pair.Right, join.Position)).ToList();
        return equals.Count == 1 ? equals[0] : new OperationNode(Operation.And, SqlType.Bool, join.Position, equals);
    }
}

using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Makes of a statement that changes rows the query whose rows are the changes: the kind of change, the number of the row that
/// it is about (NULL for a new one), and what the row's columns have afterwards, in the table's order.
/// </summary>
internal sealed class ChangeBinder(StatementContext statement, QueryBinder queries, QueriedTable table)
{
    private const string Marker = "\u0001source";

    /// <summary>The rows of changes.</summary>
    /// <exception cref="GoogleSqlException">It names what is not there, or values do not fit their columns.</exception>
    public Relation Bind(ChangeStatement change, Scope scope) => change switch
    {
        InsertStatement insert => BindInsert(insert, scope),
        UpdateStatement update => queries.Bind(Update(update), scope),
        DeleteStatement delete => queries.Bind(Select(delete, [Action(RowAction.Delete, delete.Position), RowNumber(delete)], Target(delete), delete.Where), scope),
        MergeStatement merge => queries.Bind(Merge(merge, scope), scope),
        _ => throw new InvalidOperationException($"{change.GetType().Name} has no rows."),
    };

    private static TableItem Target(ChangeStatement change) => change.Table with { WithRowNumber = true };

    private static string Alias(ChangeStatement change) => change.Table.Alias ?? change.Table.Path[^1];

    private static NameExpression RowNumber(ChangeStatement change) => new(change.Position, [Alias(change), TableRelation.RowNumberColumn]);

    private static LiteralExpression Action(RowAction action, SourcePosition position) => new(position, SqlType.Int64, (long)action);

    private static Query Select(ChangeStatement change, IEnumerable<Expression> values, FromItem from, Expression where) =>
        new(change.Position, [], new SelectBody(change.Position, false, [.. values.Select((value, i) => new ExpressionItem(change.Position, value, $"v{i}"))]) { From = from, Where = where }, [], null, null);

    private Query Update(UpdateStatement update)
    {
        CheckOnce(update.Set);
        var target = Target(update);
        FromItem from = update.From is null ? target : new JoinItem(update.Position, target, update.From, JoinKind.Cross, null, []);
        return Select(update, [Action(RowAction.Update, update.Position), RowNumber(update), .. table.Columns.Select(column => Updated(update, update.Set, column))], from, update.Where);
    }

    // What a column has after UPDATE: what it is set to, or what it had.
    private static Expression Updated(ChangeStatement change, IReadOnlyList<Assignment> set, TableColumn column) =>
        set.FirstOrDefault(a => a.Column.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is { } assignment
            ? Assigned(assignment.Value, column, assignment.Position)
            : new NameExpression(change.Position, [Alias(change), column.Name]);

    private static AssignedExpression Assigned(Expression? value, TableColumn column, SourcePosition position) =>
        new(value?.Position ?? position, value ?? new LiteralExpression(position, SqlType.Null, null), column.Name, column.Type!.Value);

    private void CheckOnce(IReadOnlyList<Assignment> set)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var assignment in set)
        {
            _ = Find(assignment.Column, assignment.Position);
            if (!names.Add(assignment.Column))
            {
                throw new GoogleSqlException($"Update item {assignment.Column} assigned more than once", assignment.Position);
            }
        }
    }

    private Query Merge(MergeStatement merge, Scope scope)
    {
        foreach (var clause in merge.Clauses.Where(c => c.Set is not null))
        {
            CheckOnce(clause.Set!);
        }

        var alias = merge.Source switch
        {
            TableItem item => item.Alias ?? item.Path[^1],
            QueryItem item => item.Alias,
            UnnestItem => null, // its alias names the element, which is a column of the query around
            _ => throw new GoogleSqlException("Not supported: this source of MERGE; put it into a query in parentheses", merge.Source.Position),
        };
        var at = merge.Source.Position;
        var source = new Query(at, [], new SelectBody(at, false, [new ExpressionItem(at, new LiteralExpression(at, SqlType.Bool, true), Marker), new StarItem(at, null, [], [])]) { From = merge.Source }, [], null, null);
        var (byTarget, bySource) = (merge.Clauses.Any(c => c.Match == MergeMatch.NotMatchedByTarget), merge.Clauses.Any(c => c.Match == MergeMatch.NotMatchedBySource));
        var kind = byTarget ? bySource ? JoinKind.Full : JoinKind.Right : bySource ? JoinKind.Left : JoinKind.Inner;
        var from = new JoinItem(merge.Position, Target(merge), new QueryItem(at, source, alias), kind, merge.On, []);
        var conditions = merge.Clauses.Select(clause => Condition(merge, clause)).ToList();
        var inserts = merge.Clauses.ToDictionary(c => c, c => c.IsInsert ? Inserted(c, source, alias, scope) : []);
        Expression Choice(Func<MergeClause, Expression> value) => new CaseExpression(merge.Position, null, [.. merge.Clauses.Select((clause, i) => (conditions[i], value(clause)))], null);
        var columns = table.Columns.Select(column => Choice(clause =>
            clause.IsInsert ? Assigned(inserts[clause].GetValueOrDefault(column.Name), column, clause.Position)
            : clause.Set is { } set ? Updated(merge, set, column)
            : Assigned(null, column, clause.Position)));
        var action = Choice(clause => Action(clause.IsInsert ? RowAction.Insert : clause.Set is null ? RowAction.Delete : RowAction.Update, clause.Position));
        return Select(merge, [action, RowNumber(merge), .. columns], from, new ChainExpression(merge.Position, "OR", conditions));
    }

    private static ChainExpression Condition(MergeStatement merge, MergeClause clause)
    {
        Expression IsNull(string column, string? of) => new IsExpression(clause.Position, new NameExpression(clause.Position, of is null ? [column] : [of, column]), "NULL");
        Expression IsThere(string column, string? of) => new OperatorExpression(clause.Position, "NOT", [IsNull(column, of)]);
        var number = TableRelation.RowNumberColumn;
        List<Expression> all =
        [
            clause.Match == MergeMatch.NotMatchedByTarget ? IsNull(number, Alias(merge)) : IsThere(number, Alias(merge)),
            clause.Match == MergeMatch.NotMatchedBySource ? IsNull(Marker, null) : IsThere(Marker, null),
        ];
        return new ChainExpression(clause.Position, "AND", clause.Condition is null ? all : [.. all, clause.Condition]);
    }

    private Dictionary<string, Expression?> Inserted(MergeClause clause, Query source, string? alias, Scope scope)
    {
        IReadOnlyList<TableColumn> columns = clause.Columns is null ? table.Columns : [.. clause.Columns.Select(name => Find(name, clause.Position))];

        // INSERT ROW: all of the source's columns, whose names have to be known for it.
        IReadOnlyList<Expression?> values = clause.Values
            ?? [.. queries.Bind(source, scope.Sibling()).Columns.Skip(1).Select(column => new NameExpression(clause.Position, alias is null ? [column.Name] : [alias, column.Name]))];
        CheckCount(values.Count, columns, clause.Position);
        return columns.Select((column, i) => (column.Name, Value: values[i])).ToDictionary(v => v.Name, v => v.Value, StringComparer.OrdinalIgnoreCase);
    }

    private SelectRelation BindInsert(InsertStatement insert, Scope scope)
    {
        IReadOnlyList<TableColumn> columns = insert.Columns is null ? table.Columns : [.. insert.Columns.Select(name => Find(name, insert.Position))];
        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new GoogleSqlException($"INSERT has columns with duplicate name: {twice.Key}", insert.Position);
        }

        var (use, values) = insert.Query is null ? BindRows(insert, columns, scope) : BindQuery(insert, columns, scope);
        var rows = scope.Arena.Add(new SelectRelation { From = new FromRelation(use) });
        rows.Add("", new Constant(SqlType.Int64, insert.Position, (long)RowAction.Insert));
        rows.Add("", new Constant(SqlType.Int64, insert.Position, null));
        foreach (var column in table.Columns)
        {
            rows.Add(column.Name, values.GetValueOrDefault(column.Name) ?? new Constant(column.Type!.Value, insert.Position, null));
        }

        return rows;
    }

    private (RelationUse Use, Dictionary<string, Bound> Values) BindQuery(InsertStatement insert, IReadOnlyList<TableColumn> columns, Scope scope)
    {
        var use = scope.Arena.Use(queries.Bind(insert.Query!, scope.Sibling()));
        var visible = Enumerable.Range(0, use.Relation.Columns.Count).Where(i => !use.Relation.Columns[i].IsHidden).ToList();
        CheckCount(visible.Count, columns, insert.Position);
        return (use, columns.Select((column, i) => (column.Name, Value: Assign(
            QueryBinder.LiteralOr(use.Relation, visible[i], use.Column(visible[i], insert.Position)), column.Type!.Value, column.Name, $"Query column {i + 1}"))).ToDictionary(v => v.Name, v => v.Value));
    }

    private (RelationUse Use, Dictionary<string, Bound> Values) BindRows(InsertStatement insert, IReadOnlyList<TableColumn> columns, Scope scope)
    {
        var binder = queries.Expressions(scope.Sibling(), new Clause("VALUES of INSERT"));
        List<IReadOnlyList<Bound>> rows = [];
        foreach (var row in insert.Rows)
        {
            CheckCount(row.Count, columns, row.FirstOrDefault(v => v is not null)?.Position ?? insert.Position);
            rows.Add([.. row.Select((value, i) => binder.Bind(Assigned(value, columns[i], insert.Position)))]);
        }

        var relation = scope.Arena.Add(new RowsRelation(rows));
        relation.Columns.AddRange(columns.Select(column => new RelationColumn(column.Name, column.Type!.Value)));
        var use = scope.Arena.Use(relation);
        return (use, columns.Select((column, i) => (column.Name, Value: (Bound)use.Column(i, insert.Position))).ToDictionary(v => v.Name, v => v.Value));
    }

    private static void CheckCount(int count, IReadOnlyList<TableColumn> columns, SourcePosition position)
    {
        if (count != columns.Count)
        {
            throw new GoogleSqlException($"Inserted row has wrong column count; Has {count}, expected {columns.Count}", position);
        }
    }

    private TableColumn Find(string name, SourcePosition position)
    {
        foreach (var column in table.Columns)
        {
            if (column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return column;
            }
        }

        throw new GoogleSqlException($"Column {name} is not present in table {statement.Project}.{table.DatasetId}.{table.TableId}", position);
    }

    /// <summary>The value as what a column takes.</summary>
    /// <exception cref="GoogleSqlException">It does not fit.</exception>
    public static Bound Assign(Bound value, DataType type, string column, string what) => Coercion.Cost(value, type) is null
        ? throw new GoogleSqlException($"{what} has type {value.Type.Name()} which cannot be inserted into column {column}, which has type {type.Name()}", value.Position)
        : Coercion.To(value, type);
}

using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>A column of a SELECT list; one without a name of its own is called f0_, f1_, ….</summary>
internal readonly record struct SelectColumn(string Name, Bound Value, bool IsAnonymous);

/// <summary>Makes the columns of a SELECT list, stars included.</summary>
internal sealed class SelectListBinder(QueryBinder queries, Scope scope)
{
    private const int MaxColumns = 1_000;

    private readonly List<SelectColumn> _columns = [];
    private int _anonymous;

    public IReadOnlyList<SelectColumn> Bind(IReadOnlyList<SelectItem> items)
    {
        foreach (var item in items)
        {
            if (item is StarItem star)
            {
                Expand(star);
            }
            else
            {
                Add((ExpressionItem)item);
            }
        }

        return _columns.Count <= MaxColumns
            ? _columns
            : throw new GoogleSqlException($"Not supported: more than {MaxColumns} columns", items[0].Position);
    }

    private void Add(ExpressionItem item)
    {
        var value = Bind(item);
        var name = item.Alias ?? (item.Expression as NameExpression)?.Path[^1] ?? (item.Expression as FieldExpression)?.Name;
        _columns.Add(new SelectColumn(name ?? $"f{_anonymous++}_", value, name is null));
    }

    private Bound Bind(ExpressionItem item) => queries.Expressions(scope, Clause.Select).Bind(item.Expression);

    private void Expand(StarItem star)
    {
        var columns = star.Of is null ? scope.Star(star.Qualifier, star.Position) : Fields(star);
        var missing = star.Except.Concat(star.Replace.Select(r => r.Alias!)).FirstOrDefault(name => !columns.Any(c => Same(c.Name, name)));
        if (missing is not null)
        {
            throw new GoogleSqlException($"Column {missing} in SELECT * EXCEPT or REPLACE list does not exist", star.Position);
        }

        var before = _columns.Count;
        foreach (var column in columns.Where(c => !star.Except.Any(name => Same(c.Name, name))))
        {
            var replaced = star.Replace.FirstOrDefault(r => Same(r.Alias!, column.Name));
            _columns.Add(new SelectColumn(column.Name, replaced is null ? column.Value : Bind(replaced), false));
        }

        if (_columns.Count == before)
        {
            throw new GoogleSqlException("SELECT * expands to zero columns after applying EXCEPT", star.Position);
        }
    }

    // value.*: the fields of a struct.
    private IReadOnlyList<(string Name, Bound Value)> Fields(StarItem star)
    {
        var value = queries.Expressions(scope, Clause.Select).Bind(star.Of!);
        return value.Type.IsStruct
            ? [.. value.Type.Fields.Select((f, i) => (f.Name ?? "", (Bound)new OperationNode(Operation.Field, f.Type, star.Position, value) { Index = i }))]
            : throw new GoogleSqlException($"Dot-star is not supported for type {value.Type.Name()}", star.Position);
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Writes relations and expressions as DuckDB's SQL. Nothing of the statement's text reaches it: names become numbers, and of
/// constants none but digits and hexadecimal ones are written.
/// </summary>
internal sealed class EngineWriter
{
    private StringBuilder _text = new();

    /// <summary>The functions that the SQL calls and the engine has to be given.</summary>
    public HashSet<ScalarFunction> Functions { get; } = [];

    /// <summary>The relation with the common tables that it needs, as one query.</summary>
    public string RenderQuery(Arena arena, Relation root)
    {
        root.UseAll();
        var body = root.Definition(this);
        List<string> tables = [];
        for (var i = arena.Relations.Count - 1; i >= 0; i--)
        {
            var relation = arena.Relations[i];
            if (relation.IsUsed && relation.IsShared && relation != root)
            {
                tables.Add($"r{relation.Id}{relation.ColumnNames} AS ({relation.Definition(this)})");
            }
        }

        tables.Reverse();
        var recursive = arena.Relations.Any(r => r is RecursiveRelation) ? "RECURSIVE " : "";
        return tables.Count == 0 ? body : $"WITH {recursive}{string.Join(", ", tables)} {body}";
    }

    /// <summary>What <paramref name="write"/> writes, by itself.</summary>
    public string Capture(Action<EngineWriter> write)
    {
        var outer = _text;
        _text = new StringBuilder();
        write(this);
        var captured = _text.ToString();
        _text = outer;
        return captured;
    }

    public EngineWriter Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public EngineWriter AppendList<T>(string keyword, IEnumerable<T> items, Action<EngineWriter, T> write, string separator = ", ")
    {
        _text.Append(keyword);
        var first = true;
        foreach (var item in items)
        {
            _text.Append(first ? "" : separator);
            write(this, item);
            first = false;
        }

        return this;
    }

    /// <summary>A relation in FROM: by name when it stands in several places, in parentheses otherwise.</summary>
    public void AppendUse(RelationUse use)
    {
        use.Relation.IsUsed = true;
        _text.Append(use.Relation.IsShared ? $"r{use.Relation.Id}" : $"({use.Relation.Definition(this)})").Append(CultureInfo.InvariantCulture, $" AS t{use.Id}");
    }

    /// <summary>An expression.</summary>
    public EngineWriter Append(Bound bound)
    {
        Nesting.Check(bound.Position);
        switch (bound)
        {
            case Constant constant:
                _text.Append(Literals.Of(constant.Value, constant.Type));
                break;
            case ColumnRef column:
                column.Use.Relation.Columns[column.Index].IsUsed = true;
                _text.Append(column.Key);
                break;
            case OuterRef outer:
                Append(outer.Target);
                break;
            case FunctionCall call:
                Functions.Add(call.Function);
                AppendList($"{call.Function.EngineName}(", call.Children, (w, a) => w.Append(a)).Append(")");
                break;
            case SubqueryNode subquery:
                AppendSubquery(subquery);
                break;
            case AggregateNode aggregate:
                AggregateWriter.Write(this, aggregate);
                break;
            case OperationNode operation:
                OperationWriter.Write(this, operation);
                break;
            default:
                throw new InvalidOperationException($"Nothing writes a {bound.GetType().Name}.");
        }

        return this;
    }

    /// <summary>A key of ORDER BY. NaN sorts after NULL and before all numbers, which the engine has otherwise.</summary>
    public void AppendKey(OrderKey key)
    {
        var direction = (key.Descending ? " DESC" : " ASC") + (key.AreNullsFirst ? " NULLS FIRST" : " NULLS LAST");
        if (key.Value.Type == SqlType.Float64)
        {
            Append("CASE WHEN ").Append(key.Value).Append(" IS NULL THEN NULL WHEN isnan(").Append(key.Value).Append($") THEN 0 ELSE 1 END{direction}, ");
        }

        Append(key.Value is Constant ? "(SELECT " : "").Append(key.Value).Append(key.Value is Constant ? ")" : "").Append(direction);
    }

    private void AppendSubquery(SubqueryNode subquery)
    {
        var query = RenderQuery(subquery.Arena, subquery.Relation);
        _text.Append(subquery.Kind switch
        {
            SubqueryKind.Exists => $"EXISTS ({query})",
            SubqueryKind.Array => $"coalesce((SELECT list(q.c0 ORDER BY q.n) FROM (SELECT p.c0 AS c0, row_number() OVER () AS n FROM ({query}) AS p) AS q), [])",
            _ => $"({query})",
        });
    }
}

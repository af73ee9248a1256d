using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// An expression whose names and types are resolved and that can be written as SQLite's SQL. Nothing of the statement's
/// text reaches that SQL: names become numbers, literals become parameters. A closed family, its members below.
/// </summary>
internal abstract class Bound(SqlType type, SourcePosition position)
{
    public SqlType Type { get; } = type;

    public SourcePosition Position { get; } = position;

    /// <summary>Equal for expressions that mean the same, so that a SELECT list finds its GROUP BY keys.</summary>
    public abstract string Key { get; }

    /// <summary>Whether it is a literal or a parameter, whose type adapts to what stands beside it.</summary>
    public virtual bool IsLiteral => false;

    public abstract void Write(SqlWriter writer);

    /// <summary>The expression with each node, from the top, replaced where <paramref name="replace"/> gives one.</summary>
    public Bound Rewrite(Func<Bound, Bound?> replace)
    {
        Nesting.Check(Position);
        return replace(this) ?? RewriteParts(replace);
    }

    /// <summary>The nodes right below it.</summary>
    public virtual IEnumerable<Bound> Children => [];

    /// <summary>Whether it or a node below it is such.</summary>
    public bool Any(Func<Bound, bool> test)
    {
        Nesting.Check(Position);
        return test(this) || Children.Any(c => c.Any(test));
    }

    protected virtual Bound RewriteParts(Func<Bound, Bound?> replace) => this;
}

/// <summary>A value known before the query runs.</summary>
internal sealed class Constant(SqlType type, SourcePosition position, object? value, bool isLiteral = true) : Bound(type, position)
{
    /// <summary>As the functions take it: long, double, string, byte[], DateOnly, Timestamp, bool, NumericValue or null.</summary>
    public object? Value { get; } = value;

    public override bool IsLiteral => isLiteral;

    public override string Key => $"«{Type}:{(Value is byte[] bytes ? Convert.ToHexString(bytes) : Value is null ? "NULL" : FormattableString.Invariant($"'{Value}'"))}»";

    public override void Write(SqlWriter writer) => writer.AppendConstant(SqliteValue.Of(Value));
}

/// <summary>A column of a relation that stands in FROM.</summary>
internal sealed class ColumnRef(RelationUse use, int index, SourcePosition position) : Bound(use.Relation.Columns[index].Type, position)
{
    public RelationUse Use { get; } = use;

    public int Index { get; } = index;

    public string Name => Use.Relation.Columns[Index].Name;

    public override string Key => $"t{Use.Id}.c{Index}";

    public override void Write(SqlWriter writer)
    {
        Use.Relation.Columns[Index].IsUsed = true;
        writer.Append(Key);
    }
}

/// <summary>SQL around other expressions: an operator, a call, a CASE; an aggregate or window function by its role.</summary>
internal sealed class Composite(SqlType type, SourcePosition position, CompositeRole role, params IReadOnlyList<object> parts) : Bound(type, position)
{
    private string? _key;

    public CompositeRole Role { get; } = role;

    /// <summary>For an aggregate or window function, its name.</summary>
    public string Name { get; init; } = "";

    public override string Key => _key ??= string.Concat(parts.Select(p => p switch
    {
        Bound bound => bound.Key,
        SqliteFunction function => function.SqliteName,
        _ => p.ToString(),
    }));

    public override IEnumerable<Bound> Children => parts.OfType<Bound>();

    public override void Write(SqlWriter writer)
    {
        Nesting.Check(Position);
        foreach (var part in parts)
        {
            switch (part)
            {
                case Bound bound:
                    bound.Write(writer);
                    break;
                case SqliteFunction function:
                    writer.AppendFunction(function);
                    break;
                default:
                    writer.Append((string)part);
                    break;
            }
        }
    }

    protected override Bound RewriteParts(Func<Bound, Bound?> replace) =>
        new Composite(Type, Position, Role, [.. parts.Select(p => p is Bound bound ? bound.Rewrite(replace) : p)]) { Name = Name };
}

/// <summary>What kind of function a <see cref="Composite"/> calls.</summary>
internal enum CompositeRole
{
    Scalar,
    Aggregate,
    Window,
}

/// <summary>
/// A column of an enclosing query, seen from a subquery. When the enclosing query gets a layer (GROUP BY, windows), its
/// target moves to that layer.
/// </summary>
internal sealed class OuterRef(Bound target, SourcePosition position) : Bound(target.Type, position)
{
    public Bound Target { get; set; } = target;

    public override string Key => $"outer({Target.Key})";

    public override void Write(SqlWriter writer) => Target.Write(writer);
}

/// <summary>A subquery as a value: scalar, EXISTS or the right side of IN.</summary>
internal sealed class SubqueryBound(SqlType type, SourcePosition position, Arena arena, Relation relation, SubqueryKind kind) : Bound(type, position)
{
    private readonly string _key = $"subquery{Interlocked.Increment(ref _count)}";
    private static int _count;

    /// <summary>Every subquery stands for itself alone.</summary>
    public override string Key => _key;

    /// <summary>What it takes from the query around it.</summary>
    public IReadOnlyList<OuterRef> Outer => arena.Outer;

    public override IEnumerable<Bound> Children => arena.Outer.Select(o => o.Target);

    public override void Write(SqlWriter writer)
    {
        writer.Append(kind == SubqueryKind.Exists ? "EXISTS (" : "(");
        var query = writer.RenderQuery(arena, relation);
        writer.Append(kind == SubqueryKind.Scalar ? ScalarQuery(writer, query) : query);
        writer.Append(")");
    }

    protected override Bound RewriteParts(Func<Bound, Bound?> replace)
    {
        foreach (var outer in arena.Outer)
        {
            outer.Target = outer.Target.Rewrite(replace);
        }

        return this;
    }

    // SQLite takes the first of many rows; BigQuery calls that an error.
    private static string ScalarQuery(SqlWriter writer, string query) =>
        $"SELECT {writer.Name(FunctionTable.SingleRow)}(s.c0, s.n) FROM (SELECT q.c0 AS c0, count(*) OVER () AS n FROM ({query}) AS q LIMIT 1) AS s";
}

/// <summary>How a subquery is used.</summary>
internal enum SubqueryKind
{
    Scalar,
    Exists,
    In,
}

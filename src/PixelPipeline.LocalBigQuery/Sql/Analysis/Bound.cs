using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// An expression whose names and types are resolved. It says what is meant; how an engine's SQL says it is the concern of
/// <see cref="EngineWriter"/> alone. A closed family, its members below.
/// </summary>
internal abstract class Bound(DataType type, SourcePosition position)
{
    private string? _key;

    public DataType Type { get; } = type;

    public SourcePosition Position { get; } = position;

    /// <summary>Equal for expressions that mean the same, so that a SELECT list finds its GROUP BY keys.</summary>
    public string Key => _key ??= MakeKey();

    /// <summary>Whether it is a literal or a parameter, whose type adapts to what stands beside it.</summary>
    public virtual bool IsLiteral => false;

    /// <summary>The nodes right below it.</summary>
    public virtual IReadOnlyList<Bound> Children => [];

    /// <summary>The expression with each node, from the top, replaced where <paramref name="replace"/> gives one.</summary>
    public Bound Rewrite(Func<Bound, Bound?> replace)
    {
        Nesting.Check(Position);
        return replace(this) ?? RewriteChildren(replace);
    }

    /// <summary>Whether it or a node below it is such.</summary>
    public bool Any(Func<Bound, bool> test)
    {
        Nesting.Check(Position);
        return test(this) || Children.Any(c => c.Any(test));
    }

    /// <summary>The same with other children.</summary>
    protected virtual Bound With(IReadOnlyList<Bound> children) => this;

    protected virtual Bound RewriteChildren(Func<Bound, Bound?> replace) =>
        Children.Count == 0 ? this : With([.. Children.Select(c => c.Rewrite(replace))]);

    protected virtual string MakeKey() => $"{Tag}({string.Join(',', Children.Select(c => c.Key))})";

    /// <summary>What tells it from other nodes with equal children.</summary>
    protected virtual string Tag => GetType().Name;
}

/// <summary>A value known before the query runs.</summary>
internal sealed class Constant(DataType type, SourcePosition position, object? value, bool isLiteral = true) : Bound(type, position)
{
    /// <summary>As the functions take it; for an array, an array of such. See <see cref="FunctionTable"/>.</summary>
    public object? Value { get; } = value;

    /// <summary>A number as it was written.</summary>
    public string? Text { get; init; }

    public override bool IsLiteral => isLiteral;

    protected override string MakeKey() => $"«{Type}:{KeyOf(Value)}»";

    private static string KeyOf(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        double number => BitConverter.DoubleToInt64Bits(number).ToString("X", null),
        object?[] items => string.Join(',', items.Select(KeyOf)),
        _ => FormattableString.Invariant($"'{value}'"),
    };
}

/// <summary>A column of a relation that stands in FROM.</summary>
internal sealed class ColumnRef(RelationUse use, int index, SourcePosition position) : Bound(use.Relation.Columns[index].Type, position)
{
    public RelationUse Use { get; } = use;

    public int Index { get; } = index;

    public string Name => Use.Relation.Columns[Index].Name;

    protected override string MakeKey() => $"t{Use.Id}.c{Index}";
}

/// <summary>A call of a function or operator of the table.</summary>
internal sealed class FunctionCall(ScalarFunction function, SourcePosition position, IReadOnlyList<Bound> arguments) : Bound(function.Result, position)
{
    public ScalarFunction Function { get; } = function;

    public override IReadOnlyList<Bound> Children => arguments;

    protected override string Tag => Function.EngineName;

    protected override Bound With(IReadOnlyList<Bound> children) => new FunctionCall(Function, Position, children);
}

/// <summary>What the engine does by itself with its operands as GoogleSQL would.</summary>
internal sealed class OperationNode(Operation operation, DataType type, SourcePosition position, params IReadOnlyList<Bound> operands) : Bound(type, position)
{
    public Operation Operation { get; } = operation;

    /// <summary>Which field, for <see cref="Operation.Field"/>.</summary>
    public int Index { get; init; }

    public override IReadOnlyList<Bound> Children => operands;

    protected override string Tag => $"{Operation}{Index}:{(Operation == Operation.Cast ? Type.Name() : "")}";

    protected override Bound With(IReadOnlyList<Bound> children) => new OperationNode(Operation, Type, Position, children) { Index = Index };
}

/// <summary>A function of many rows: an aggregate of a group, or one of a window.</summary>
internal sealed class AggregateNode(string name, DataType type, SourcePosition position, IReadOnlyList<Bound> arguments) : Bound(type, position)
{
    public string Name { get; } = name;

    public IReadOnlyList<Bound> Arguments { get; } = arguments;

    public bool Distinct { get; init; }

    public bool IgnoreNulls { get; init; }

    /// <summary>The order in which it takes its rows.</summary>
    public IReadOnlyList<OrderKey> OrderBy { get; init; } = [];

    /// <summary>How many of them it takes.</summary>
    public long? Limit { get; init; }

    /// <summary>What is greatest, or least, in the rows that it takes: <c>HAVING MAX x</c>.</summary>
    public Bound? Having { get; init; }

    public bool HavingMax { get; init; }

    /// <summary>What makes it a function of a window.</summary>
    public Window? Over { get; init; }

    public override IReadOnlyList<Bound> Children =>
        [.. Arguments, .. OrderBy.Select(o => o.Value), .. Having is null ? Array.Empty<Bound>() : [Having], .. Over?.Children ?? []];

    protected override string Tag => $"{Name}{Distinct}{IgnoreNulls}{Limit}{HavingMax}{string.Join("", OrderBy.Select(o => $"{o.Descending}{o.NullsFirst}"))}{Over?.Tag}";

    protected override Bound With(IReadOnlyList<Bound> children)
    {
        var at = Arguments.Count + OrderBy.Count;
        return new AggregateNode(Name, Type, Position, [.. children.Take(Arguments.Count)])
        {
            Distinct = Distinct,
            IgnoreNulls = IgnoreNulls,
            Limit = Limit,
            HavingMax = HavingMax,
            OrderBy = [.. OrderBy.Select((o, i) => o with { Value = children[Arguments.Count + i] })],
            Having = Having is null ? null : children[at],
            Over = Over?.With([.. children.Skip(at + (Having is null ? 0 : 1))]),
        };
    }
}

/// <summary>What stands in the parentheses after OVER.</summary>
internal sealed record Window(IReadOnlyList<Bound> PartitionBy, IReadOnlyList<OrderKey> OrderBy, string? Frame)
{
    public IReadOnlyList<Bound> Children => [.. PartitionBy, .. OrderBy.Select(o => o.Value)];

    public string Tag => $"over{PartitionBy.Count}{Frame}{string.Join("", OrderBy.Select(o => $"{o.Descending}{o.NullsFirst}"))}";

    public Window With(IReadOnlyList<Bound> children) =>
        new([.. children.Take(PartitionBy.Count)], [.. OrderBy.Select((o, i) => o with { Value = children[PartitionBy.Count + i] })], Frame);
}

/// <summary>One key of an ORDER BY. NULL sorts first ascending and last descending unless said otherwise.</summary>
internal sealed record OrderKey(Bound Value, bool Descending, bool? NullsFirst)
{
    public bool AreNullsFirst => NullsFirst ?? !Descending;
}

/// <summary>
/// A column of an enclosing query, seen from a subquery. When the enclosing query gets a layer (GROUP BY, windows), its
/// target moves to that layer.
/// </summary>
internal sealed class OuterRef(Bound target, SourcePosition position) : Bound(target.Type, position)
{
    public Bound Target { get; set; } = target;

    protected override string MakeKey() => $"outer({Target.Key})";
}

/// <summary>A subquery as a value: scalar, EXISTS, ARRAY or the right side of IN.</summary>
internal sealed class SubqueryNode(DataType type, SourcePosition position, Arena arena, Relation relation, SubqueryKind kind) : Bound(type, position)
{
    private static int _count;
    private readonly string _own = $"subquery{Interlocked.Increment(ref _count)}";

    public Arena Arena => arena;

    public Relation Relation => relation;

    public SubqueryKind Kind => kind;

    /// <summary>What it takes from the query around it.</summary>
    public override IReadOnlyList<Bound> Children => [.. arena.Outer.Select(o => o.Target)];

    /// <summary>Every subquery stands for itself alone.</summary>
    protected override string MakeKey() => _own;

    protected override Bound RewriteChildren(Func<Bound, Bound?> replace)
    {
        foreach (var outer in arena.Outer)
        {
            outer.Target = outer.Target.Rewrite(replace);
        }

        return this;
    }
}

/// <summary>How a subquery is used.</summary>
internal enum SubqueryKind
{
    Scalar,
    Exists,
    In,
    Array,
}

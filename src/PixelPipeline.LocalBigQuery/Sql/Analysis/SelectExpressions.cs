namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>What is computed after FROM and WHERE of a SELECT; it moves up as layers are put beneath it.</summary>
internal sealed class SelectExpressions(IReadOnlyList<Bound> items, Bound? having, Bound? qualify, IReadOnlyList<OrderKey> orderBy)
{
    public IReadOnlyList<Bound> Items { get; private set; } = items;

    public Bound? Having { get; private set; } = having;

    public Bound? Qualify { get; private set; } = qualify;

    public IReadOnlyList<OrderKey> OrderBy { get; private set; } = orderBy;

    /// <summary>Whether there is such a node anywhere in it.</summary>
    public bool Any(Func<Bound, bool> test) => Items.Concat(OrderBy.Select(o => o.Value)).Append(Having).Append(Qualify).Any(e => e is not null && e.Any(test));

    /// <summary>Rewrites all of it; <paramref name="replace"/> is told whether a node may stand for itself alone: a whole item, or any part of windows and behind the list.</summary>
    public void Rewrite(Func<Bound, bool, Bound?> replace)
    {
        Items = [.. Items.Select(item => item.Any(n => n is AggregateNode { Over: not null })
            ? item.Rewrite(node => replace(node, true))
            : item.Rewrite(node => replace(node, ReferenceEquals(node, item))))];
        Having = Having?.Rewrite(node => replace(node, true));
        Qualify = Qualify?.Rewrite(node => replace(node, true));
        OrderBy = [.. OrderBy.Select(o => o with { Value = o.Value.Rewrite(node => replace(node, true)) })];
    }
}

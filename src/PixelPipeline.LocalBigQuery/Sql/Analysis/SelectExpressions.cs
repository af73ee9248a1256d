namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>What is computed after FROM and WHERE of a SELECT; it moves up as layers are put beneath it.</summary>
internal sealed class SelectExpressions(IReadOnlyList<Bound> items, Bound? having, Bound? qualify, IReadOnlyList<OrderKey> orderBy)
{
    public IReadOnlyList<Bound> Items { get; private set; } = items;

    public Bound? Having { get; private set; } = having;

    public Bound? Qualify { get; private set; } = qualify;

    public IReadOnlyList<OrderKey> OrderBy { get; private set; } = orderBy;

    /// <summary>Whether a function of this role is called anywhere in it.</summary>
    public bool Any(CompositeRole role) => Items.Concat(OrderBy.Select(o => o.Value)).Append(Having).Append(Qualify)
        .Any(e => e is not null && e.Any(b => b is Composite composite && composite.Role == role));

    /// <summary>Rewrites all of it.</summary>
    public void Rewrite(Func<Bound, Bound?> replace)
    {
        Items = [.. Items.Select(i => i.Rewrite(replace))];
        Having = Having?.Rewrite(replace);
        Qualify = Qualify?.Rewrite(replace);
        OrderBy = [.. OrderBy.Select(o => o with { Value = o.Value.Rewrite(replace) })];
    }
}

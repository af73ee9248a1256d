using System.Numerics;
using PixelPipeline.LocalBigQuery.Sql.Types;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>SUM and AVG of NUMERIC, exact.</summary>
internal sealed class NumericAggregate : SqliteFunction
{
    private readonly bool _isAverage;

    private NumericAggregate(string name, bool isAverage)
        : base(name) => _isAverage = isAverage;

    public static NumericAggregate Sum { get; } = new("numeric_sum", isAverage: false);

    public static NumericAggregate Average { get; } = new("numeric_avg", isAverage: true);

    /// <inheritdoc/>
    public override void Register(sqlite3 database, CallFailure failure) =>
        raw.sqlite3_create_function(
            database,
            SqliteName,
            1,
            Flags,
            null,
            (context, _, values) =>
            {
                try
                {
                    if (SqliteValue.Read(values[0], SqlType.Numeric) is NumericValue value)
                    {
                        var (sum, count) = context.state as Total ?? new Total(BigInteger.Zero, 0);
                        context.state = new Total(sum + value.Nanos, count + 1);
                    }
                }
                catch (Exception e)
                {
                    failure.Fail(context, e);
                }
            },
            (context, _) =>
            {
                try
                {
                    SqliteValue.Return(context, context.state is Total total ? Result(total) : null);
                }
                catch (Exception e)
                {
                    failure.Fail(context, e);
                }
            });

    private NumericValue Result(Total total) =>
        NumericValue.Checked(_isAverage ? NumericValue.Divide(total.Nanos, total.Count) : total.Nanos);

    private sealed record Total(BigInteger Nanos, long Count);
}

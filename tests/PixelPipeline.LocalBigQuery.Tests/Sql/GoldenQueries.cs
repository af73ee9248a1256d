using System.Reflection;

namespace PixelPipeline.LocalBigQuery.Tests.Sql;

/// <summary>The statements of all golden queries.</summary>
internal static class GoldenQueries
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { typeof(GoldenSelectTests), typeof(GoldenAggregateTests), typeof(GoldenExpressionTests) }
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttributes<TestCaseAttribute>())
            .Select(c => (string)c.Arguments[0]!),
    ];
}

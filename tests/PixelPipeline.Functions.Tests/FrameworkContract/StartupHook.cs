using System.Reflection;
using System.Reflection.Emit;
using Google.Cloud.Functions.Hosting;
using PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>
/// Turns a process of this assembly into a function's process: the runtime calls this before <c>Main</c> where
/// DOTNET_STARTUP_HOOKS names the assembly, which <see cref="FunctionProcess"/> does.
/// </summary>
internal static class StartupHook
{
    internal const string OnlyFunction = "CONTRACT_ONLY_FUNCTION";

    public static void Initialize()
    {
        var assembly = Environment.GetEnvironmentVariable(OnlyFunction) is null ? typeof(StartupHook).Assembly : AssemblyOfOneFunction();
        Environment.Exit(EntryPoint.StartAsync(assembly, Environment.GetCommandLineArgs()[1..]).GetAwaiter().GetResult());
    }

    private static AssemblyBuilder AssemblyOfOneFunction()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("OneFunction"), AssemblyBuilderAccess.Run);
        assembly.DefineDynamicModule("OneFunction").DefineType("Only", TypeAttributes.Public, typeof(Greeting)).CreateType();
        return assembly;
    }
}

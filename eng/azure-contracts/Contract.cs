internal static class Contract
{
    public static Exception Only() =>
        new NotSupportedException("A declaration for building and testing; to run, the genuine package is needed.");
}
